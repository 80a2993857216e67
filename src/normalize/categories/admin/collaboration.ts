import type { Operations } from '../../table.ts'
import { plain } from '../rows.ts'

/** Teams and their apps, SharePoint's settings, and flows: a flow can send mail and files out without any rule. */
export const collaboration: readonly Operations[] = [
  { ecs: { category: ['iam'], type: ['group', 'creation'] }, operations: plain('TeamCreated, MemberAdded') },
  {
    ecs: { category: ['iam'], type: ['group', 'change'] },
    operations: plain('MemberRoleChanged, TeamSettingChanged'),
  },
  { ecs: { category: ['iam'], type: ['group', 'deletion'] }, operations: plain('TeamDeleted, MemberRemoved') },
  {
    ecs: { category: ['configuration'], type: ['creation'] },
    operations:
      plain(`ChannelAdded, AppInstalled, AppPublishedToCatalog, BotAddedToTeam, ConnectorAdded, TabAdded, CreateFlow,
      PutPermissions, CreatePowerApp, PublishPowerApp, CreateConnection, SiteCollectionCreated, AppCatalogCreated,
      HubSiteRegistered, HubSiteJoined, SendToConnectionAdded, AllowedDataLocationAdded`),
  },
  {
    ecs: { category: ['configuration'], type: ['change'] },
    operations:
      plain(`ChannelSettingChanged, TeamsTenantSettingChanged, AppUpgraded, AppUpdatedInCatalog, ConnectorUpdated,
      TabUpdated, EditFlow, EditPermissions, EnableFlow, DisableFlow, StartAPaidTrial, RenewAPaidTrial, EditPowerApp,
      PowerAppPermissionEdited, SharingPolicyChanged, DeviceAccessPolicyChanged, NetworkAccessPolicyChanged,
      ExemptUserAgentSet, CustomizeExemptUsers, SiteRenamed, SiteRestored, SiteCollectionQuotaModified,
      AllowGroupCreationSet, HostSiteSet, SecondaryMySiteOwnerSet, FeatureActivated, FeatureDeactivated,
      LegacyWorkflowEnabledSet, NewsFeedEnabledSet, OfficeOnDemandSet, PeopleResultsScopeSet, PreviewModeEnabledSet,
      GeoQuotaAllocated, SiteGeoMoveScheduled, SiteGeoMoveCompleted, SiteGeoMoveCancelled,
      ConnectedSiteSettingModified, CollaborationTypeModified`),
  },
  {
    ecs: { category: ['configuration'], type: ['deletion'] },
    operations:
      plain(`ChannelDeleted, AppUninstalled, AppDeletedFromCatalog, BotRemovedFromTeam, ConnectorRemoved, TabRemoved,
      DeleteFlow, DeletePermissions, DeletePowerApp, PowerAppPermissionDeleted, DeleteConnection, SiteDeleted,
      SitePermanentlyDeleted, HubSiteUnregistered, HubSiteUnjoined, HubSiteOrphanHubDeleted, SendToConnectionRemoved,
      AllowedDataLocationDeleted`),
  },
  { ecs: { category: ['configuration'], type: ['access'] }, operations: plain('LaunchPowerApp') },
  { ecs: { category: ['iam'], type: ['admin', 'creation'] }, operations: plain('GeoAdminAdded') },
  { ecs: { category: ['iam'], type: ['admin', 'deletion'] }, operations: plain('GeoAdminDeleted') },
]
