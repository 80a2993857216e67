import type { Operations } from '../../table.ts'
import { plain } from '../rows.ts'

/** Teams and their apps, SharePoint's settings, and flows: a flow can send mail and files out without any rule. */
export const collaboration: readonly Operations[] = [
  { ecs: { category: ['iam'], type: ['group', 'creation'] }, operations: plain('TeamCreated', 'MemberAdded') },
  {
    ecs: { category: ['iam'], type: ['group', 'change'] },
    operations: plain('MemberRoleChanged', 'TeamSettingChanged'),
  },
  { ecs: { category: ['iam'], type: ['group', 'deletion'] }, operations: plain('TeamDeleted', 'MemberRemoved') },
  {
    ecs: { category: ['configuration'], type: ['creation'] },
    operations: {
      ...plain('ChannelAdded', 'AppInstalled', 'AppPublishedToCatalog', 'BotAddedToTeam', 'ConnectorAdded'),
      ...plain('TabAdded', 'CreateFlow', 'PutPermissions', 'CreatePowerApp', 'PublishPowerApp'),
      ...plain('CreateConnection', 'SiteCollectionCreated', 'AppCatalogCreated', 'HubSiteRegistered'),
      ...plain('HubSiteJoined', 'SendToConnectionAdded', 'AllowedDataLocationAdded'),
    },
  },
  {
    ecs: { category: ['configuration'], type: ['change'] },
    operations: {
      ...plain('ChannelSettingChanged', 'TeamsTenantSettingChanged', 'AppUpgraded', 'AppUpdatedInCatalog'),
      ...plain('ConnectorUpdated', 'TabUpdated', 'EditFlow', 'EditPermissions', 'EnableFlow', 'DisableFlow'),
      ...plain('StartAPaidTrial', 'RenewAPaidTrial', 'EditPowerApp', 'PowerAppPermissionEdited'),
      ...plain('SharingPolicyChanged', 'DeviceAccessPolicyChanged', 'NetworkAccessPolicyChanged'),
      ...plain('ExemptUserAgentSet', 'CustomizeExemptUsers', 'SiteRenamed', 'SiteRestored'),
      ...plain('SiteCollectionQuotaModified', 'AllowGroupCreationSet', 'HostSiteSet'),
      ...plain('SecondaryMySiteOwnerSet', 'FeatureActivated', 'FeatureDeactivated', 'LegacyWorkflowEnabledSet'),
      ...plain('NewsFeedEnabledSet', 'OfficeOnDemandSet', 'PeopleResultsScopeSet', 'PreviewModeEnabledSet'),
      ...plain('GeoQuotaAllocated', 'SiteGeoMoveScheduled', 'SiteGeoMoveCompleted', 'SiteGeoMoveCancelled'),
      ...plain('ConnectedSiteSettingModified', 'CollaborationTypeModified'),
    },
  },
  {
    ecs: { category: ['configuration'], type: ['deletion'] },
    operations: {
      ...plain('ChannelDeleted', 'AppUninstalled', 'AppDeletedFromCatalog', 'BotRemovedFromTeam'),
      ...plain('ConnectorRemoved', 'TabRemoved', 'DeleteFlow', 'DeletePermissions', 'DeletePowerApp'),
      ...plain('PowerAppPermissionDeleted', 'DeleteConnection', 'SiteDeleted', 'SitePermanentlyDeleted'),
      ...plain('HubSiteUnregistered', 'HubSiteUnjoined', 'HubSiteOrphanHubDeleted', 'SendToConnectionRemoved'),
      ...plain('AllowedDataLocationDeleted'),
    },
  },
  { ecs: { category: ['configuration'], type: ['access'] }, operations: plain('LaunchPowerApp') },
  { ecs: { category: ['iam'], type: ['admin', 'creation'] }, operations: plain('GeoAdminAdded') },
  { ecs: { category: ['iam'], type: ['admin', 'deletion'] }, operations: plain('GeoAdminDeleted') },
]
