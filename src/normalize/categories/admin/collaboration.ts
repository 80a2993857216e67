import type { Operations } from '../../table.ts'
import { configurationParts, iamParts } from '../rows.ts'

/** Teams and their apps, SharePoint's settings, and flows: a flow can send mail and files out without any rule. */
export const collaboration: readonly Operations[] = [
  ...iamParts({
    'group creation': 'TeamCreated, MemberAdded',
    'group change': 'MemberRoleChanged, TeamSettingChanged',
    'group deletion': 'TeamDeleted, MemberRemoved',
  }),
  ...configurationParts({
    creation: `ChannelAdded, AppInstalled, AppPublishedToCatalog, BotAddedToTeam, ConnectorAdded, TabAdded, CreateFlow,
      PutPermissions, CreatePowerApp, PublishPowerApp, CreateConnection, SiteCollectionCreated, AppCatalogCreated,
      HubSiteRegistered, HubSiteJoined, SendToConnectionAdded, AllowedDataLocationAdded`,
    change: `ChannelSettingChanged, TeamsTenantSettingChanged, AppUpgraded, AppUpdatedInCatalog, ConnectorUpdated,
      TabUpdated, EditFlow, EditPermissions, EnableFlow, DisableFlow, StartAPaidTrial, RenewAPaidTrial, EditPowerApp,
      PowerAppPermissionEdited, SharingPolicyChanged, DeviceAccessPolicyChanged, NetworkAccessPolicyChanged,
      ExemptUserAgentSet, CustomizeExemptUsers, SiteRenamed, SiteRestored, SiteCollectionQuotaModified,
      AllowGroupCreationSet, HostSiteSet, SecondaryMySiteOwnerSet, FeatureActivated, FeatureDeactivated,
      LegacyWorkflowEnabledSet, NewsFeedEnabledSet, OfficeOnDemandSet, PeopleResultsScopeSet, PreviewModeEnabledSet,
      GeoQuotaAllocated, SiteGeoMoveScheduled, SiteGeoMoveCompleted, SiteGeoMoveCancelled,
      ConnectedSiteSettingModified, CollaborationTypeModified`,
    deletion: `ChannelDeleted, AppUninstalled, AppDeletedFromCatalog, BotRemovedFromTeam, ConnectorRemoved, TabRemoved,
      DeleteFlow, DeletePermissions, DeletePowerApp, PowerAppPermissionDeleted, DeleteConnection, SiteDeleted,
      SitePermanentlyDeleted, HubSiteUnregistered, HubSiteUnjoined, HubSiteOrphanHubDeleted, SendToConnectionRemoved,
      AllowedDataLocationDeleted`,
    access: 'LaunchPowerApp',
  }),
  ...iamParts({
    'admin creation': 'GeoAdminAdded',
    'admin deletion': 'GeoAdminDeleted',
  }),
]
