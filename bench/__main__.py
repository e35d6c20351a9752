"""``python bench``: small on purpose, because the processes that lay out documents load the main module again."""

if __name__ == "__main__":
    import measure

    measure.main()
