"""Before the meeting: schedule, team, incoming programmes, ceilings and criteria."""
