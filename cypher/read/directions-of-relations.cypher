// What the papers say of which end of each relation acts, in support that counts; relations without give no row.
// params: ids [string], asOf int or null
// returns: id, rows [{pmid, probability, sourceKind, subject (null: neither), subjectProbability}]
// index: relation_id (unique)
UNWIND $ids AS id
MATCH (r:Relation {id: id})<-[:SUPPORTS]-(ev:Evidence)-[:FROM]->(p:Publication)
WHERE ev.subjectProbability IS NOT NULL AND NOT ev.negated AND NOT coalesce(p.retracted, false)
  AND ($asOf IS NULL OR ev.year <= $asOf)
  AND COUNT { (r)<-[:SUPPORTS]-(no:Evidence {sourceKind: 'curator', negated: true})-[:FROM]->(p) }
      <= COUNT { (r)<-[:SUPPORTS]-(yes:Evidence {sourceKind: 'curator', negated: false})-[:FROM]->(p) }
RETURN id, collect({pmid: p.pmid, probability: ev.probability, sourceKind: ev.sourceKind, subject: ev.subject,
                    subjectProbability: ev.subjectProbability}) AS rows
