"""What follows the day, as spreadsheets and open data."""
