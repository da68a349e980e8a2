"""From a report to documents: a neutral page description and one pen for each format. No Qt."""
