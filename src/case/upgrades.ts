/** What makes a case of one version a case of the next. A collector's case is years old; what is older than these is imported anew. */
export const upgrades: Readonly<Record<number, string>> = {
  // The first sighting of an event stands in the event itself.
  6: `alter table sighting rename to further_sighting;
    drop index if exists sighting_event;
    delete from further_sighting where (evidence, row) = (select evidence, row from event where seq = further_sighting.event);
    create view sighting as
      select evidence, row, seq as event from event
      union all select evidence, row, event from further_sighting;`,
}
