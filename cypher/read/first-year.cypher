// The year of the oldest paper; no row where none has a year.
// params: none
// returns: year
// index: publication_year
MATCH (p:Publication)
WHERE p.year > 0
RETURN p.year AS year
ORDER BY year ASC
LIMIT 1
