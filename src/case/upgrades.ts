import { canonicalAddress } from '../bytes/address-bytes.ts'
import { auditId, guid } from '../guid.ts'
import { indexCoarse, indexSplitSeconds } from './coarse-times.ts'

/** Functions that upgrades use in SQL. */
export const upgradeFunctions = {
  as_guid: guid,
  as_address: canonicalAddress,
  as_audit_id: (text: string) => guid(auditId(text)),
} as const

const isReported =
  "id glob '[0-9]*_[0-9]*_*-*-*-*-*' and not exists (select 1 from cursor where stream glob 'publish:*')"

/** What makes a case of one version a case of the next. A collector's case is years old; what is older than these is imported anew. */
export const upgrades: Readonly<Record<number, string>> = {
  // The first sighting of an event stands in the event itself.
  6: `alter table sighting rename to further_sighting;
    drop index if exists sighting_event;
    delete from further_sighting where (evidence, row) = (select evidence, row from event where seq = further_sighting.event);
    create view sighting as
      select evidence, row, seq as event from event
      union all select evidence, row, event from further_sighting;`,
  // A large import notes usages and links, and puts them where they are looked up at its end.
  7: `create table pending_usage (event integer not null, session text, mailbox text not null, ip text not null,
      user_agent text not null, time integer not null, is_own integer not null) strict;
    create table pending_link (id text not null, session text not null) strict;`,
  // A case of many files finds those that it has read.
  8: `create index evidence_content on evidence (sha256, mailbox);`,
  // What usages have in common is noted once. Of an import that was cut off there may be some.
  9: `alter table pending_usage rename to noted_usage;
    create table pending_origin (origin integer primary key, session text, mailbox text not null, ip text not null,
      user_agent text not null, is_own integer not null) strict;
    create table pending_usage (event integer not null, origin integer not null, time integer not null) strict;
    insert into pending_origin select rowid, session, mailbox, ip, user_agent, is_own from noted_usage;
    insert into pending_usage select event, rowid, time from noted_usage;
    drop table noted_usage;`,
  // What was left out is told as long as the case is. GUIDs and addresses have one spelling each.
  10: `create table skipped (path text primary key, reason text not null) strict, without rowid;
    create table ended_session (session text primary key, at integer not null) strict, without rowid;
    update or ignore event set id = as_guid(id) where seq in
      (select seq from event indexed by event_key where length(id) = 36 and id <> as_guid(id));
    ${spelt('event', 'session')} ${spelt('logon', 'session', 'ip')} ${spelt('request', 'session', 'ip')}
    ${spelt('session_usage', 'session', 'ip')} ${spelt('session_link', 'id', 'session')} ${spelt('mark', 'value')}
    update or ignore usage set ip = as_address(ip) where ip like '%:%';
    delete from usage where ip like '%:%' and ip <> as_address(ip);`,
  // What Defender reports of a record without the record has its id. What was delivered keeps the id that it was delivered under.
  11: `update or ignore event set id = as_audit_id(id) where seq in
      (select seq from event indexed by event_key where dataset = 'o365.audit' and ${isReported});
    update logon set id = as_audit_id(id) where ${isReported};
    update usage set id = as_audit_id(id) where ${isReported};`,
  // Who is named by an id in Entra is called by his name, as far as later evidence tells it.
  12: `create table user_name (id text primary key, name text not null, time integer not null) strict, without rowid;
    create index user_name_name on user_name (name);`,
  // When something was marked is told beside what rests on it.
  13: `alter table mark add column at integer;`,
  // Which sessions were used from elsewhere since a delivery is noted. Of what came before that, any may have been, and so
  // may one that a fuller copy of an older event told of. By an index of sessions all of a case would be gone through.
  14: `insert into superseded (event, session) select max(seq), session from event not indexed where session is not null
    and (seq in (select event from superseded) or seq > (select min(value ->> 'facts') from cursor where stream glob 'publish:*'))
    group by session;`,
  // What other exports tell of directory audits, alerts and risk detections in whole seconds is found beside what has milliseconds.
  15: indexSplitSeconds,
  // On which day a gap was searched for stood at the end of its reason.
  16: `alter table gap add column searched text;
    update gap set searched = substr(reason, -11, 10), reason = substr(reason, 1, instr(reason, ' (the audit log was searched for it, to the end on ') - 1)
      where reason glob '* (the audit log was searched for it, to the end on ????-??-??)';`,
  // Copies that say as much as the one that stands, and not the same, are told.
  17: `update event set fullness = (fullness + iif(dataset = 'azure.signinlogs' and fullness >= 10000, 990000, 0)
      + iif(dataset = 'azure.signinlogs' and fullness <> 0 and session is not null, 10000, 0)) * 65536; ${indexCoarse}
    create table other_copy (event integer not null references event, fullness integer not null, evidence integer not null references evidence,
      row integer not null, content text not null, primary key (event, fullness)) strict, without rowid;`,
  // Rows stand as they were read: by which version is told. Retention did not always note that it deleted.
  18: `alter table evidence add column reader text not null default '';
    insert or ignore into cursor select 'retention', '0'
      where exists (select 1 from delivered) and (select max(seq) from event) > (select count(*) from event);`,
}

/** Writes these columns of a table as they are spelt since; two rows that become one are one. */
function spelt(table: string, ...columns: readonly ('session' | 'id' | 'ip' | 'value')[]): string {
  return columns
    .map((column) => {
      const [as, may] = column === 'ip' ? ['as_address', "like '%:%'"] : ['as_guid', "glob '*[A-F]*'"]
      return `update or replace ${table} set ${column} = ${as}(${column}) where ${column} ${may};`
    })
    .join(' ')
}
