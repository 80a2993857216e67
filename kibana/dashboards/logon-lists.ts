import { type Row, row } from '../dashboard.ts'
import { logons, signIns } from '../kql.ts'
import { events } from '../panels/events.ts'

const properties = 'azure.signinlogs.properties'

/** Logons, record by record, at the end of the dashboard. */
export const logonLists: readonly Row[] = [
  row(
    20,
    events({
      name: 'logon-events',
      title: 'Logons, newest first',
      filter: logons,
      columns: {
        ...{ 'event.outcome': 85, 'user.email': 190, 'source.ip': 140, 'hoofprint.actor': 95 },
        ...{ 'source.geo.country_name': 110, 'source.as.organization.name': 150, 'application.name': 150 },
        ...{ 'event.reason': 220, 'hoofprint.first_factor': 95, 'event.action': 130 },
        ...{ 'user_agent.original': undefined, 'hoofprint.session.id': 290 },
      },
    }),
  ),
  row(
    16,
    events({
      name: 'sign-in-events',
      title: 'What the sign-in log adds: application, factors, policy, risk, device',
      filter: signIns,
      columns: {
        ...{ 'event.outcome': 85, 'user.email': 190, 'source.ip': 140, 'hoofprint.actor': 95 },
        ...{
          [`${properties}.app_display_name`]: 180,
          'event.reason': undefined,
          [`${properties}.client_app_used`]: 110,
        },
        ...{ 'hoofprint.first_factor': 95, 'hoofprint.second_factor': 190, tags: 150 },
        [`${properties}.conditional_access_status`]: 110,
        [`${properties}.authentication_requirement`]: 225,
        [`${properties}.risk_level_during_signin`]: 90,
        [`${properties}.device_detail.operating_system`]: 110,
        [`${properties}.device_detail.browser`]: 140,
      },
    }),
  ),
]
