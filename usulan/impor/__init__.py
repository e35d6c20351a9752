"""Reading a village's spreadsheet. Pure: no ORM, no HTTP; the same code serves the page and the command."""
