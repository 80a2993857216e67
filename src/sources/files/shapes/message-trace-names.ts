/** Get-MessageTrace's name, or one in its manner, of each column that reports and Graph's `exchangeMessageTrace` call otherwise. */
export const traceNames: ReadonlyMap<string, string> = new Map(
  Object.entries({
    Organization: ['organization'],
    // Graph's exchangeMessageTrace has it as its id.
    MessageTraceId: ['messagetraceid', 'networkmessageid', 'id'],
    MessageId: ['messageid'],
    Received: ['received', 'receiveddatetime', 'origintimestamputc', 'origintimestamp', 'datetimeutc', 'datetime'],
    SenderAddress: ['senderaddress'],
    RecipientAddress: ['recipientaddress', 'recipientaddresses'],
    Subject: ['subject', 'messagesubject'],
    Status: ['status'],
    FromIP: ['fromip', 'originalclientip'],
    ToIP: ['toip'],
    Size: ['size', 'totalbytes'],
    StartDate: ['startdate'],
    EndDate: ['enddate'],
    Index: ['index'],
    RecipientStatus: ['recipientstatus'],
    Directionality: ['directionality'],
    ConnectorId: ['connectorid'],
    DeliveryPriority: ['deliverypriority'],
    EventId: ['eventid'],
    Source: ['source'],
    SourceContext: ['sourcecontext'],
    ClientIP: ['clientip'],
    ClientHostname: ['clienthostname'],
    ServerIP: ['serverip'],
    ServerHostname: ['serverhostname'],
    OriginalServerIP: ['originalserverip'],
    InternalMessageId: ['internalmessageid'],
    RecipientCount: ['recipientcount'],
    RelatedRecipientAddress: ['relatedrecipientaddress'],
    Reference: ['reference'],
    ReturnPath: ['returnpath'],
    MessageInfo: ['messageinfo'],
    TenantId: ['tenantid'],
    CustomData: ['customdata'],
  }).flatMap(([name, spellings]) => spellings.map((spelling) => [spelling, name] as const)),
)

/** The name without what differs between spellings: `message_trace_id` and `MessageTraceId` are one. */
export function plain(name: string): string {
  return name.replaceAll(/[_\s-]/g, '').toLowerCase()
}
