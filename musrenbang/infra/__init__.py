"""What any program of this kind needs: nothing here knows a word of the domain."""
