// Publications with all their fields.
// params: rows [{pmid, title, journal, year, doi, retracted}]
// returns: written
// index: publication_pmid (unique)
UNWIND $rows AS row
MERGE (p:Publication {pmid: row.pmid})
SET p.title = row.title, p.journal = row.journal, p.year = toInteger(row.year), p.doi = row.doi,
    p.retracted = row.retracted
RETURN count(*) AS written
