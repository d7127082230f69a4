/**
 * Invented records in PubMed's XML as its DTD of 2025 has it, about as long as real ones: authors with affiliations, MeSH
 * headings, references with identifiers of their own. Every oddity of real files can be asked for. Nothing in them is
 * anybody's text.
 */
import type { Random } from "../../../core/random.js";
import { required } from "../../../core/required.js";

/** What is out of the ordinary in a record. */
export const ODDITIES = [
  "plain",
  "inline-markup",
  "structured",
  "medline-date",
  "season",
  "collective-author",
  "retracted",
  "retraction-notice",
  "correction",
  "concern",
  "book",
  "foreign-abstract",
  "no-title",
  "vernacular-title",
  "no-abstract",
  "no-year",
  "second-version",
] as const;
export type Oddity = (typeof ODDITIES)[number];

/** Which record to make. `revision` changes its abstract, as an update does. */
interface RecordWish {
  readonly pmid: number;
  readonly oddity: Oddity;
  readonly revision?: number;
}

/** Makes records; of one seed and one wish always the same. */
type RecordMaker = (wish: RecordWish) => string;

const POOL = 400;
const WORDS =
  `patients with severe inflammation showed lower levels of circulating markers after treatment compared to controls
  while expression in hepatic tissue was increased by exposure we measured the association between genotype and response
  using cohort data from three centres over ten years mutation carriers had earlier onset dose dependent inhibition of
  signalling reduced proliferation and induced apoptosis in cultured cells these findings suggest that the pathway may
  contribute to disease progression and could be a target for therapy further trials are needed to confirm safety`
    .trim()
    .split(/\s+/);
const NAMES = [
  "Quenolide",
  "TNFX",
  "hepatic fever",
  "Zorbamide",
  "IRX7",
  "renal gout",
  "MKLP9",
  "Veltrin",
  "RYRX",
];

/** Prepares the parts that records are put together from; making a record is then a matter of microseconds. */
export function recordMaker(random: Random): RecordMaker {
  const below = (limit: number) => Math.floor(random.next() * limit);
  const pick = <Item>(items: readonly Item[]): Item =>
    required(items[below(items.length)], "a part of a record");
  const words = (count: number) => Array.from({ length: count }, () => pick(WORDS)).join(" ");
  const sentence = () => `${pick(NAMES)} ${words(6 + below(10))} ${pick(NAMES)} ${words(2 + below(6))}.`;
  const pool = (make: () => string) => Array.from({ length: POOL }, make);
  const parts: Parts = {
    titles: pool(() => `${pick(NAMES)} and ${words(6 + below(6))}.`),
    texts: pool(() => Array.from({ length: 6 + below(6) }, sentence).join(" ")),
    authors: pool(() => author(words(2), words(12))),
    headings: pool(() => heading(words(2), below(90_000))),
    references: pool(() => reference(words(14), 10_000_000 + below(20_000_000))),
  };
  return (wish) => {
    // A record depends on its PMID alone, in whatever file it stands.
    random.state = wish.pmid * 7 + (wish.revision ?? 0);
    return wish.oddity === "book" ? bookRecord(wish, parts, pick) : articleRecord(wish, parts, pick, below);
  };
}

interface Parts {
  readonly titles: readonly string[];
  readonly texts: readonly string[];
  readonly authors: readonly string[];
  readonly headings: readonly string[];
  readonly references: readonly string[];
}

type Pick = <Item>(items: readonly Item[]) => Item;

function author(name: string, place: string): string {
  const [last = "", fore = ""] = name.split(" ");
  return `<Author ValidYN="Y"><LastName>${last}</LastName><ForeName>${fore}</ForeName><Initials>${fore.slice(0, 1)}</Initials><AffiliationInfo><Affiliation>Institute of ${place}.</Affiliation></AffiliationInfo></Author>`;
}

function heading(name: string, number: number): string {
  const ui = String(number).padStart(6, "0");
  return `<MeshHeading><DescriptorName UI="D${ui}" MajorTopicYN="N">${name}</DescriptorName><QualifierName UI="Q000379" MajorTopicYN="Y">methods</QualifierName></MeshHeading>\n`;
}

function reference(citation: string, pmid: number): string {
  return `<Reference><Citation>${citation}</Citation><ArticleIdList><ArticleId IdType="doi">10.9999/ref.${pmid}</ArticleId><ArticleId IdType="pubmed">${pmid}</ArticleId></ArticleIdList></Reference>\n`;
}

function articleRecord(wish: RecordWish, parts: Parts, pick: Pick, below: (limit: number) => number): string {
  const { pmid, oddity } = wish;
  const version = oddity === "second-version" ? 2 : 1;
  const many = (items: readonly string[], count: number) =>
    Array.from({ length: count }, () => pick(items)).join("");
  const collective =
    oddity === "collective-author"
      ? '<Author ValidYN="Y"><CollectiveName>The QUENO Study &amp; Trial Group</CollectiveName></Author>'
      : "";
  return `<PubmedArticle>
<MedlineCitation Status="MEDLINE" Owner="NLM" IndexingMethod="Automated"><PMID Version="${version}">${pmid}</PMID>
<DateCompleted><Year>2021</Year><Month>03</Month><Day>09</Day></DateCompleted><DateRevised><Year>2024</Year><Month>11</Month><Day>20</Day></DateRevised>
<Article PubModel="Print-Electronic"><Journal><ISSN IssnType="Electronic">9999-0000</ISSN><JournalIssue CitedMedium="Internet"><Volume>${1 + below(90)}</Volume><Issue>${1 + below(12)}</Issue>${pubDate(oddity, 1975 + (pmid % 50))}</JournalIssue><Title>Journal of Invented Medicine</Title><ISOAbbreviation>J Invent Med</ISOAbbreviation></Journal>
${title(wish, parts, pick)}<Pagination><StartPage>${below(900)}</StartPage></Pagination><ELocationID EIdType="doi" ValidYN="Y">10.9999/jim.${pmid}</ELocationID>${abstract(wish, parts, pick)}
<AuthorList CompleteYN="Y">${many(parts.authors, 2 + below(7))}${collective}</AuthorList><Language>${isForeign(oddity) ? "spa" : "eng"}</Language>
<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType>${publicationType(oddity)}</PublicationTypeList>${oddity === "vernacular-title" ? "<VernacularTitle>La fiebre hepática y su tratamiento.</VernacularTitle>" : ""}</Article>
<MedlineJournalInfo><Country>Nowhere</Country><MedlineTA>J Invent Med</MedlineTA><NlmUniqueID>9900000</NlmUniqueID><ISSNLinking>9999-0000</ISSNLinking></MedlineJournalInfo><CitationSubset>IM</CitationSubset>${notices(oddity, pmid)}
<MeshHeadingList>${many(parts.headings, 6 + below(8))}</MeshHeadingList>${oddity === "foreign-abstract" ? '<OtherAbstract Type="Publisher" Language="spa"><AbstractText>La quenolida reduce la fiebre hepática en los pacientes.</AbstractText></OtherAbstract>' : ""}</MedlineCitation>
<PubmedData><History><PubMedPubDate PubStatus="received"><Year>2019</Year><Month>1</Month><Day>2</Day></PubMedPubDate><PubMedPubDate PubStatus="pubmed"><Year>2020</Year><Month>4</Month><Day>5</Day><Hour>6</Hour><Minute>0</Minute></PubMedPubDate></History><PublicationStatus>ppublish</PublicationStatus>
<ArticleIdList><ArticleId IdType="pubmed">${pmid}</ArticleId><ArticleId IdType="doi">10.9999/jim.${pmid}</ArticleId></ArticleIdList><ReferenceList>${many(parts.references, below(16))}</ReferenceList></PubmedData>
</PubmedArticle>
`;
}

function isForeign(oddity: Oddity): boolean {
  return oddity === "foreign-abstract" || oddity === "vernacular-title";
}

function pubDate(oddity: Oddity, year: number): string {
  if (oddity === "no-year") return "<PubDate><Season>Winter</Season></PubDate>";
  if (oddity === "medline-date")
    return `<PubDate><MedlineDate>${year} Dec-${year + 1} Jan</MedlineDate></PubDate>`;
  if (oddity === "season") return `<PubDate><Year>${year}</Year><Season>Spring</Season></PubDate>`;
  return `<PubDate><Year>${year}</Year><Month>Mar</Month><Day>15</Day></PubDate>`;
}

function title({ oddity }: RecordWish, { titles }: Parts, pick: Pick): string {
  if (oddity === "no-title" || oddity === "vernacular-title") return "<ArticleTitle></ArticleTitle>";
  if (oddity === "inline-markup")
    return "<ArticleTitle>H<sub>2</sub>O<sub>2</sub>, <i>TNFX</i><sup>+/&#x2212;</sup> mice &amp; p&lt;0.05: <b>α</b>-Quenolide.</ArticleTitle>";
  return `<ArticleTitle>${pick(titles)}</ArticleTitle>`;
}

function abstract({ oddity, revision = 0 }: RecordWish, { texts }: Parts, pick: Pick): string {
  if (oddity === "foreign-abstract" || oddity === "no-abstract") return "";
  const revised = revision === 0 ? "" : ` Revised ${revision} times.`;
  if (oddity === "structured") {
    return `<Abstract><AbstractText Label="BACKGROUND &amp; AIMS" NlmCategory="BACKGROUND">${pick(texts)}</AbstractText><AbstractText Label="UNLABELLED">${pick(texts)}</AbstractText><AbstractText/><AbstractText Label="RESULTS" NlmCategory="RESULTS">It suppressed <i>TNFX</i>.${revised}</AbstractText><CopyrightInformation>Copyright of nobody.</CopyrightInformation></Abstract>`;
  }
  const marked = oddity === "inline-markup" ? "At 10<sup>-3</sup> M, <i>IRX7<sub>a</sub></i> rose. " : "";
  return `<Abstract><AbstractText>${marked}${pick(texts)}${revised}</AbstractText></Abstract>`;
}

function publicationType(oddity: Oddity): string {
  if (oddity === "retracted") return '<PublicationType UI="D016441">Retracted Publication</PublicationType>';
  if (oddity === "retraction-notice")
    return '<PublicationType UI="D016440">Retraction of Publication</PublicationType>';
  return "";
}

const NOTICE_OF: Readonly<Partial<Record<Oddity, string>>> = {
  retracted: "RetractionIn",
  "retraction-notice": "RetractionOf",
  correction: "ErratumIn",
  concern: "ExpressionOfConcernIn",
};

function notices(oddity: Oddity, pmid: number): string {
  const type = NOTICE_OF[oddity];
  if (type === undefined) return "";
  return `<CommentsCorrectionsList><CommentsCorrections RefType="${type}"><RefSource>J Invent Med. 2022</RefSource><PMID Version="1">${pmid + 500_000}</PMID></CommentsCorrections></CommentsCorrectionsList>`;
}

function bookRecord({ pmid }: RecordWish, { titles, texts }: Parts, pick: Pick): string {
  return `<PubmedBookArticle><BookDocument><PMID Version="1">${pmid}</PMID><ArticleIdList><ArticleId IdType="bookaccession">NBK${pmid}</ArticleId></ArticleIdList><Book><Publisher><PublisherName>Nobody's Press</PublisherName></Publisher><BookTitle book="invented">Invented Reviews</BookTitle><PubDate><Year>2011</Year></PubDate><AuthorList Type="editors"><Author><CollectiveName>The Editors</CollectiveName></Author></AuthorList></Book><ArticleTitle book="invented" part="one">${pick(titles)}</ArticleTitle><Language>eng</Language><PublicationType UI="D016454">Review</PublicationType><Abstract><AbstractText Label="CLINICAL">${pick(texts)}</AbstractText></Abstract></BookDocument><PubmedBookData><ArticleIdList><ArticleId IdType="pubmed">${pmid}</ArticleId></ArticleIdList></PubmedBookData></PubmedBookArticle>
`;
}
