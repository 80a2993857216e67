-- One case: everything that was read, where it was read, and what became of it. STRICT, so that a type is a type.

-- A file or query that was read, under each path and for each mailbox it was given. read = stored + duplicate + rejected, at every commit.
create table evidence (
  id integer primary key,
  path text not null,
  sha256 text not null, -- `unknown-` with its id where the file was another one while it was read.
  size integer not null,
  mailbox text not null,
  shape text not null,
  format text not null,
  imported text not null,
  reader text not null, -- By what files of this program: see `readerName`. Empty: one of before that was noted.
  complete integer not null default 0,
  read integer not null default 0,
  stored integer not null default 0,
  duplicate integer not null default 0,
  rejected integer not null default 0,
  unique (path, sha256, mailbox)
) strict;

-- Whether the same bytes were read before, under whatever path.
create index evidence_content on evidence (sha256, mailbox);

-- One activity, however many files show it. What the source said is kept, not a document: documents are made on the way
-- out. `content` is the record exactly as it came: a row of a CSV without its line end, or a JSON text.
-- Of copies that differ the one with the most values stands here, of these one with Microsoft's words, then that with the greatest `fullness`, then of one shape
-- that with the greatest text; below 0 the record's end is missing. `fullness` is how many values it has, times 65,536, and a hash of these (0 in cases of before).
create table event (
  seq integer primary key,
  id text not null,
  time integer not null,
  dataset text not null,
  operation text not null,
  mailbox text not null,
  session text,
  evidence integer not null references evidence,
  row integer not null,
  fullness integer not null,
  content text not null
) strict;

-- Identity and time order in one index. Time first, so that a million hashes are appended, not strewn over the whole tree.
create unique index event_key on event (time, id, dataset);

-- Exports tell the time of a sign-in or a trace in seconds or in less, so that its id alone is its identity.
create unique index event_id on event (id) where dataset in ('azure.signinlogs', 'o365.messagetrace');

-- The rows that showed an event beside the one that stands in it: most events have none.
create table further_sighting (
  evidence integer not null references evidence,
  row integer not null,
  event integer not null references event,
  primary key (evidence, row)
) strict, without rowid;

-- Copies that say as much as the one that stands in the event, and not the same, and what else is told of a sign-in of which that one alone tells the session,
-- or how its token came to another device: most cases have none.
create table other_copy (
  event integer not null references event,
  fullness integer not null,
  evidence integer not null references evidence,
  row integer not null,
  content text not null,
  primary key (event, fullness)
) strict, without rowid;

-- Every row that showed an event.
create view sighting as
  select evidence, row, seq as event from event
  union all select evidence, row, event from further_sighting;

-- What single records tell of a mail or item; one record may tell of many. A lower rank knows better. Found by the hash of
-- `item`: an index of numbers stays in memory where one of texts does not.
create table message (
  event integer not null references event,
  hash integer not null,
  item text not null,
  rank integer not null,
  subject text,
  sender text,
  received text,
  message_id text
) strict;

-- Logons that did not fail and say from where. One that was stopped to ask for more has the platform `stopped`.
create table logon (
  event integer primary key references event,
  mailbox text not null,
  platform text not null,
  session text,
  time integer not null,
  id text not null,
  ip text not null,
  user_agent text
) strict;

-- From where mailboxes were used by those they belong to: of each address and client the first event, by time, id and dataset.
-- What failed or came through a service of Microsoft's is not here. An empty user agent: the record names none. It stays when retention takes
-- the event: what was used before is not new.
create table usage (
  mailbox text not null,
  ip text not null,
  user_agent text not null,
  time integer not null,
  id text not null,
  dataset text not null,
  event integer not null,
  primary key (mailbox, ip, user_agent)
) strict, without rowid;

-- From where sessions were used, whether or not what was tried failed.
create table session_usage (
  session text not null,
  ip text not null,
  user_agent text not null,
  primary key (session, ip, user_agent)
) strict, without rowid;

-- Ids that records prove to be of a session: of its tokens, or other names of the session.
create table session_link (
  id text not null,
  session text not null,
  primary key (id, session)
) strict, without rowid;

-- What users are called whom requests to Graph and some audit records name by their id in Entra alone; of several names the last. It stays when retention
-- takes the event.
create table user_name (
  id text primary key,
  name text not null,
  time integer not null
) strict, without rowid;
create index user_name_name on user_name (name);

-- What a large import notes for the three tables above, until its end: where from, told once for many events, and no reference to the
-- event, which `usage` has then.
create table pending_origin (
  origin integer primary key,
  session text,
  mailbox text not null,
  ip text not null,
  user_agent text not null,
  is_own integer not null
) strict;
create table pending_usage (
  event integer not null,
  origin integer not null,
  time integer not null
) strict;
create table pending_link (
  id text not null,
  session text not null
) strict;

-- What people changed of their own accounts, for what services of Entra's then log in their own name.
create table request (
  event integer primary key references event,
  mailbox text not null,
  time integer not null,
  ip text not null,
  user_agent text not null,
  session text
) strict;
create index request_mailbox on request (mailbox, time);

-- Whom investigators hold for the intruder or the owner, and since when (ms since 1970; not known of older cases).
create table mark (
  kind text not null,
  value text not null,
  actor text not null,
  at integer,
  primary key (kind, value)
) strict, without rowid;

-- How many rows of an evidence say that their search had so many results (-1: that it did not end; -2: they were not in UTF-8). Fewer rows than results: some are missing.
create table claim (
  evidence integer not null references evidence,
  results integer not null,
  rows integer not null,
  primary key (evidence, results)
) strict, without rowid;

-- What could not be stored: rows of files, whole files (no row), documents that Elasticsearch refused (with their event).
create table reject (
  id integer primary key,
  stream text not null,
  evidence integer references evidence,
  event integer references event,
  row integer,
  reason text not null,
  original blob
) strict;
create unique index reject_row on reject (stream, evidence, row) where row is not null;
create unique index reject_event on reject (stream, event) where event is not null;
create unique index reject_file on reject (stream) where evidence is null and event is null;

-- Sessions of which retention took the last event, and up to when it then took events: what is known of them goes later.
create table ended_session (session text primary key, at integer not null) strict, without rowid;

-- Files that stood among evidence and are none that is known.
create table skipped (path text primary key, reason text not null) strict, without rowid;

-- Up to where everything is safe, per stream, as JSON.
create table cursor (stream text primary key, value text not null) strict, without rowid;

-- What a service had and could not be had from it, per stream. Open until the content is read after all, or lost for good.
create table gap (
  stream text not null,
  name text not null,
  since text not null,
  until text not null,
  reason text not null,
  final integer not null,
  first_seen text not null,
  closed text,
  searched text, -- On which day the audit log was searched for it, to the end.
  primary key (stream, name)
) strict, without rowid;

-- Up to which event a place has everything, and since when: what lies behind it long enough may go.
create table delivered (
  at integer primary key,
  seq integer not null
) strict;

-- Delivered events that later evidence may change, per stream, until they have been delivered again.
create table stale (
  stream text not null,
  event integer not null references event,
  primary key (stream, event)
) strict, without rowid;

-- Which mails and items the delivered documents were joined to, as hashes: most records that name one tell nothing of it, so
-- nothing else says whom later news of a mail concerns. Written on delivery, so that an import does not pay for it.
create table mention (item integer not null, event integer not null) strict;

-- What events that may be delivered already told before a fuller copy took their place: one row for the event itself, and one
-- for each thing that others were joined to it by. Whose name came to be known has a row, too, in which `mailbox` is his id, and
-- the name that he had before has one. A session that was used from elsewhere than before has one with nothing else.
create table superseded (
  id integer primary key autoincrement,
  event integer not null references event,
  item text,
  mailbox text,
  platform text,
  session text,
  time integer
) strict;
