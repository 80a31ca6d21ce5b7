"""Every cap in one place, each with its reason."""

from __future__ import annotations

#: Bytes of one file. The largest real article pages measured are under 5 MB; a JSON-lines file is read line by line and has no cap
#: of its own.
FILE_BYTES = 64 * 1024 * 1024

#: Bytes of one line of a JSON-lines file: one report.
LINE_BYTES = 16 * 1024 * 1024

#: Characters of one report that are read; what stands beyond is kept and named as unread. 100,000 are 16,000 words, more than any
#: report that is printed in one piece; the parse takes about 5 s, and comparing its statements, whose cost grows with their square,
#: as much as sixty ordinary reports.
READ_CHARACTERS = 100_000

#: Characters parsed in one piece. A parse costs memory with the length of its piece, so longer lines are cut, at the end of a
#: sentence where there is one.
PIECE_CHARACTERS = 8_000

#: Seconds of computing that parsing one document, or finding the next one in a container, may take before its worker is ended:
#: trafilatura's cost grows faster than the page (50,000 paragraphs: over 20 s), and a bomb never ends.
PARSE_SECONDS = 20.0

#: Seconds that a parsing worker may take to start, and to import what a format needs: about one on a machine at rest, over twenty seen on
#: one with six busy processes.
PARSER_START_SECONDS = 120.0

#: Bytes of memory that a parsing worker may take: the tree of the largest file, and the extractor's copies of it.
PARSE_BYTES = 3 * 1024 * 1024 * 1024

#: Documents that one parsing worker reads before another takes its place, so that what libraries keep between documents cannot pile up.
PARSER_DOCUMENTS = 2_000

#: Bytes unpacked out of one compressed file or one zip: the largest mailboxes and tables come to a few GB. And how many times its own
#: size a thing may unpack to, beyond `FILE_BYTES`: text shrinks to a tenth, a bomb of zeros to a thousandth.
UNPACKED_BYTES = 4 * 1024 * 1024 * 1024
UNPACKED_RATIO = 100

#: Containers in one another (a page in a zip in a mail in a mailbox is three): people pack once or twice, and a zip can hold itself.
NESTING = 4

#: Things taken out of one container. The largest files of a news crawl hold some 100,000 records.
MEMBERS = 1_000_000

#: Parts in one another, and parts in all, of one mail: mail programs nest three or four.
MAIL_NESTING = 50
MAIL_PARTS = 1_000

#: Pages read of one PDF. Reports are a few; what runs longer is a book or a bomb.
PDF_PAGES = 500

#: Characters of text that parsing one document may give: what is beyond cannot be read anyway, and a small file can unfold to more.
TEXT_CHARACTERS = 16 * 1024 * 1024

#: Files taken from one folder or one zip, so that a mistaken `/` does not run for a day.
FOLDER_FILES = 10_000

#: Seconds that one answer of a site may take, from the look-up of its name to the last byte: a page comes in two, a feed in five.
ANSWER_SECONDS = 60.0

#: Seconds in which a site must send something.
SILENCE_SECONDS = 20.0

#: Redirects followed for one address. Browsers take 20 (Fetch Standard); the longest chains of news sites seen, consent walls
#: included, are of six.
REDIRECTS = 10

#: Times that an address is asked where its site is busy or does not answer.
ATTEMPTS = 3

#: Seconds that a site may have us wait before we ask again (Retry-After); told to wait longer, we say so instead.
RETRY_SECONDS = 120.0

#: Seconds between two visits of one host, where its robots.txt asks for no more (Crawl-delay), and the most that it may ask for.
VISIT_SECONDS = 1.0
CRAWL_DELAY_SECONDS = 30.0

#: Bytes of a robots.txt: the least that must be read (RFC 9309, section 2.5).
ROBOTS_BYTES = 500 * 1024

#: Rules times user agents in a robots.txt, since each may apply to each. Long real ones reach 200,000.
ROBOTS_RULES = 2_000_000

#: Seconds for which a robots.txt is taken as read: a day (RFC 9309, section 2.4).
ROBOTS_SECONDS = 24 * 3600.0

#: Bytes of a feed or a sitemap: the most that a sitemap may have (sitemaps.org).
FEED_BYTES = 50 * 1024 * 1024

#: Entries of one feed that are followed to their pages, the newest first; feeds hold 10 to 100, and each is a visit.
FEED_ENTRIES = 100

#: Sitemaps that an index of sitemaps leads to.
SITEMAPS = 10

#: Characters of one report by which its story is told: what happened stands at its top, and a page of ten thousand words beneath adds
#: cost, not light.
STORY_CHARACTERS = 8_000

#: Stories that later reports may still join. Beyond, those that no report has joined for longest are closed, so that a pile without
#: dates costs bounded memory; a day of the world's news holds fewer.
OPEN_STORIES = 30_000

#: Reports of one story whose lineages are traced where stories come by the million: each is set against all before it, and the words of all
#: are held, some 200 KB a report.
LINEAGE_REPORTS = 1_000

#: Words that stand in more stories than this, or in more stories of one outlet, are boilerplate where stories are joined: a wire's text
#: seldom opens twenty stories, and what a newsroom writes stands in few of its own; a notice under each page soon stands in as many.
BOILERPLATE_STORIES = 20
BOILERPLATE_OF_OUTLET = 3

#: Reports of other stories that one report is set against, those with which it has most words together: what has words of more is an
#: index of reports.
REPRINT_SOURCES = 20

#: Characters of one name in a table of names: the words of one are set against those of the other, each against each.
NAME_CHARACTERS = 1_000

#: Characters, terms (words, phrases, fields) and parentheses in one another of one search: people write a dozen words, and SQLite's parser
#: of full-text queries gives up at a depth of some 250.
QUERY_CHARACTERS = 2_000
QUERY_TERMS = 64
QUERY_NESTING = 16

#: Reports that one search ranks. Where more match, the words say little of any of them, ranking all costs seconds, and the ones added
#: last are ranked.
RANKED = 10_000
