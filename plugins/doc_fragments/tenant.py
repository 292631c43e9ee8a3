# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Items of a tenant's desired state. Written by tools/generate.py from the single modules; not edited by hand."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  gateway_clusters:
    description:
    - Each item takes the options of M(euc.fleet.workspot_gateway_cluster).
    type: list
    elements: dict
    suboptions:
      name:
        description: Name of the cluster, exactly. For an existing one its id will do.
        type: str
        required: true
      description:
        description: Description.
        type: str
      cloud:
        description: Name of the cloud subscription. Needed to create a cluster.
        type: str
      auth_type:
        description:
        - How users authenticate, one of the authentication options or the name of an identity provider, as M(euc.fleet.workspot_gateway_cluster_info)
          lists them. Needed to create a cluster.
        - NPS authentication goes with O(gateway_clusters[].nps_servers), any other with O(gateway_clusters[].gateway_policy).
        type: str
      gateway_policy:
        description: Name of a Gateway policy. Excludes O(gateway_clusters[].nps_servers).
        type: str
      override_public_domain:
        description: Whether the cluster has a public domain of its own.
        type: bool
      public_domain:
        description: That public domain.
        type: str
      image:
        description: Image of the gateways, as M(euc.fleet.workspot_cloud_info) lists them. Needed to create a cluster.
        type: str
      vm_class:
        description: VM class of the gateways, listed there as well. Needed to create a cluster.
        type: str
      cloud_region:
        description: Region of the cluster. Needed to create a cluster.
        type: str
      zone:
        description: Zone in that region, on GCP.
        type: str
      security_group_id:
        description: Id of the security group, on AWS.
        type: str
      name_prefix:
        description: Beginning of the names of the gateways. Needed to create a cluster, and not shown by the API.
        type: str
      number_of_hosts:
        description:
        - With how many gateways the cluster is created. Needed for that.
        - Later, M(euc.fleet.workspot_gateway_host) adds and deletes gateways.
        type: int
      virtual_network_id:
        description: Id of the network of the gateways. Not shown by the API.
        type: str
      resource_group:
        description: Resource group of the gateways, on Azure. Not shown by the API.
        type: str
      nps_servers:
        description: NPS servers. Excludes O(gateway_clusters[].gateway_policy). No call reads them back, so O(gateway_clusters[].update_write_only)
          says when they are sent.
        type: list
        elements: dict
        suboptions:
          ip_address:
            description: IP address of the server.
            type: str
            required: true
          priority:
            description: Priority of the server.
            type: int
          shared_secret:
            description: Secret that gateways and the server share.
            type: str
            required: true
      domain:
        description: Domain that new gateways join. No call reads it back, as is the case for all options that follow.
        type: str
      domain_name:
        description: Name of that domain.
        type: str
      domain_ou:
        description: Organizational unit in that domain.
        type: str
      domain_user:
        description: User who may join machines to that domain.
        type: str
      domain_password:
        description: Password of that user.
        type: str
      local_admin:
        description: Name of the local administrator of new gateways.
        type: str
      local_admin_password:
        description: Password of that administrator.
        type: str
      state:
        description:
        - With V(published), the cluster is published as well, if it is not or was changed.
        - With V(absent), a cluster that pools use is not deleted.
        type: str
        choices:
        - present
        - published
        - absent
        default: present
      update_write_only:
        description:
        - When to send the NPS servers, only when the cluster is created, or with every run to an existing cluster as well, which then always
          counts as a change.
        type: str
        choices:
        - on_create
        - always
        default: on_create
  templates:
    description:
    - Each item takes the options of M(euc.fleet.workspot_template).
    type: list
    elements: dict
    suboptions:
      cloud:
        description: Name of the cloud subscription.
        type: str
        required: true
      name:
        description: Name of the template, compared without regard to case.
        type: str
        required: true
      cloud_region:
        description: Region of a clone, or of a template to register; there it is needed on AWS.
        type: str
      build:
        description: Create it from the custom image of this name. Offered on GCP and AWS, as are the two other ways.
        type: str
      template_os:
        description: Operating system of a template to build. Like all options that follow, it is not compared with a template that is there.
        type: str
      template_type:
        description: Kind of a template to build.
        type: str
      vm_type:
        description: VM class of a template to build, as M(euc.fleet.workspot_template_info) lists them.
        type: str
      network_id:
        description: Id of the network of a template to build or clone.
        type: str
      security_group_id:
        description: Id of the security group of a template to build or clone.
        type: str
      zone:
        description: Zone of a template to build or clone.
        type: str
      notes:
        description: Notes on a template to build or clone.
        type: str
      setup_domain_join:
        description: Whether a template to build joins a domain. If O(templates[].domain) is given, that is the default.
        type: bool
      domain:
        description: Domain that a template to build joins. It needs O(templates[].domain_user) and O(templates[].domain_password).
        type: str
      domain_name:
        description: Name of that domain.
        type: str
      domain_ou:
        description: Organizational unit in that domain.
        type: str
      domain_user:
        description: User who may join machines to that domain.
        type: str
      domain_password:
        description: Password of that user.
        type: str
      clone_of:
        description: Create it as a clone of the template of this name.
        type: str
      register:
        description: Create it by making an image that was prepared elsewhere, and has the name of the template, known to Control.
        type: bool
        default: false
      state:
        description:
        - V(present) is satisfied with a template in any state of the life cycle; the others name the state, and the steps to it are taken in
          order.
        - A template that is not there is created only if O(templates[].build), O(templates[].clone_of) or O(templates[].register) says how.
        - With V(absent), a template that pools use is not deleted.
        type: str
        choices:
        - present
        - draft
        - preview
        - published
        - absent
        default: present
  app_pools:
    description:
    - Each item takes the options of M(euc.fleet.workspot_app_pool).
    type: list
    elements: dict
    suboptions:
      name:
        description: Name of the pool, exactly. For an existing pool its id will do.
        type: str
        required: true
      description:
        description: Description. An empty text clears it.
        type: str
      host_count:
        description: Number of servers; of a scaled pool, the largest number. Less than now is refused without O(app_pools[].allow_shrink).
        type: int
      auto_create_on_delete:
        description: Whether a fresh server follows a deleted one. Not shown by the API, like all options that follow.
        type: bool
      load_balancing_method:
        description: How sessions are spread over the servers, such as C(Depth) and C(Breadth).
        type: str
      max_session_limit:
        description: Number of sessions that a server takes at most.
        type: int
      pause_on_first_failure:
        description: Whether building stops after a server has failed. Set at creation only.
        type: bool
      server_name_prefix:
        description: Beginning of the names of new servers. Set at creation only.
        type: str
      reference_pool:
        description: Name or id of the application server pool whose settings a new one takes over. Needed to create a pool.
        type: str
      state:
        description: Whether the pool is there.
        type: str
        choices:
        - present
        - absent
        default: present
      allow_shrink:
        description: Whether O(app_pools[].host_count) may be less than it is now. Which servers go is Control's choice.
        type: bool
        default: false
      force:
        description: Whether to delete the pool even if there are sessions on its servers, or applications on it, which go with it.
        type: bool
        default: false
      update_write_only:
        description:
        - When to send the options that the API does not show, only when the pool is created, or with every run to an existing pool as well, which
          then always counts as a change.
        type: str
        choices:
        - on_create
        - always
        default: on_create
  pools:
    description:
    - Each item takes the options of M(euc.fleet.workspot_pool).
    - Pools cannot be deleted by the API.
    type: list
    elements: dict
    suboptions:
      name:
        description: Name of the pool, exactly. For an existing pool its id will do.
        type: str
        required: true
      state:
        description: Only V(present); the API cannot delete a pool.
        type: str
        choices:
        - present
        default: present
      reference_pool:
        description: Name or id of the pool whose template, VM type, region and network a new pool takes over. Needed to create a pool.
        type: str
      desktops:
        description:
        - How many desktops the pool has. More are built one after another.
        - Fewer are refused without O(pools[].allow_shrink), and in any case if fewer than needed are unassigned.
        type: int
      allow_shrink:
        description: Whether O(pools[].desktops) may be lower than the number of desktops that are there. Which ones go is Control's choice.
        type: bool
        default: false
      description:
        description: Description. An empty text clears it.
        type: str
      create_desktop_on_delete:
        description: Whether a fresh desktop follows a deleted one.
        type: bool
      route_gateway_type:
        description: Whether connections go through the gateway.
        type: str
        choices:
        - Always
        - Never
      disk_size:
        description: Size of the disks in gigabytes. Set at creation only; a later difference is refused.
        type: int
      disk_class:
        description: Class of the disks. Set at creation only, and never shown by the API.
        type: str
      desktop_name_prefix:
        description: Beginning of the names of new desktops. Set at creation only, and never shown by the API.
        type: str
      desktop_name_suffix_length:
        description: Digits of the number that follows the prefix, 1 to 4. Set at creation only, and never shown by the API.
        type: int
      display_name:
        description: Name that users see. Not shown by the API, like all options that follow but O(pools[].gateway_cluster).
        type: str
      gateway_cluster:
        description: Name or id of the gateway cluster. Only the clusters tell which pools they have, so that it is compared with one more read.
        type: str
      gateway_type:
        description: Kind of gateway, such as C(GATEWAY_CLUSTER).
        type: str
      login_type:
        description: How users sign in to the desktops.
        type: str
        choices:
        - SSO_AAD
        - SSO_USER_PASSWD
        - SSO_DOMAIN_USER_PASSWD
        - SSO_PREFILLED_DOMAIN_USERNAME
      login_domain:
        description: Domain name that goes with O(pools[].login_type=SSO_USER_PASSWD).
        type: str
      target_platforms:
        description: Client platforms that may use the pool.
        type: list
        elements: str
        choices:
        - Windows
        - OSX
        - Linux
        - WebApp
        - Android
        - iOS
      allow_user_reboot:
        description: Whether users may reboot their desktops.
        type: bool
      self_service_diagnostics:
        description: Whether users may run diagnostics.
        type: bool
      multi_zone:
        description: Whether desktops may be built in several zones.
        type: bool
      windows_hello:
        description: Whether Windows Hello is enabled.
        type: bool
      pause_on_first_failure:
        description: Whether building stops after a desktop has failed.
        type: bool
      protocol_policy:
        description: Name of a Protocol policy. An empty text removes it, here and in the other policies.
        type: str
      protocol_policy_on_company_network:
        description: Name of the Protocol policy on the company network.
        type: str
      media_redirection_policy:
        description: Name of a MediaRedirection policy.
        type: str
      maintenance_policy:
        description: Name of a Maintenance policy.
        type: str
      time_limits_policy:
        description: Name of a TimeLimits policy.
        type: str
      warmup_policy:
        description: Name of a Warmup policy.
        type: str
      update_write_only:
        description:
        - When to send the options that the API does not show, only when the pool is created, or with every run to an existing pool as well, which
          then always counts as a change.
        type: str
        choices:
        - on_create
        - always
        default: on_create
  applications:
    description:
    - Each item takes the options of M(euc.fleet.workspot_application).
    type: list
    elements: dict
    suboptions:
      name:
        description: Name of the application, exactly. For an existing application its id will do.
        type: str
        required: true
      pool:
        description:
        - Name or id of the application server pool. Needed to create an application.
        - Set at creation only; a later difference is refused, as with the three options that follow.
        type: str
      application_type:
        description: Kind of application, compared without regard to case. A new one is a V(Cloud Application).
        type: str
      cloud_app_type:
        description: Kind of cloud application, compared likewise. A new one is V(Custom), which the API shows as C(Custom Application).
        type: str
      server_type:
        description: Kind of servers, compared likewise. A new application has V(Workspot Cloud App Pools).
        type: str
      full_path:
        description: Path of the program on the servers. Needed to create an application.
        type: str
      parameters:
        description: Command-line parameters. An empty text clears them. The API shows them since its version 3.4.
        type: str
      working_dir:
        description: Folder in which the program starts. Not shown by the API.
        type: str
      login_option:
        description: How users sign in, such as C(SSO_DOMAIN_USER_PASSWD).
        type: str
      login_domain:
        description: Domain name for the sign-in. Not shown by the API.
        type: str
      route_through_gateway:
        description: Whether connections go through the gateway, such as C(Always), compared without regard to case.
        type: str
      gateway_cluster:
        description: Name or id of the gateway cluster.
        type: str
      target_platforms:
        description: Client platforms that may use the application, such as C(Windows) and C(iOS). The order does not count.
        type: list
        elements: str
      bundles:
        description: Names or ids of the bundles that hold the application. An empty list takes it out of all bundles.
        type: list
        elements: str
      icon_name:
        description: Name of an icon that Control has, such as C(predefined1.png). Not shown by the API.
        type: str
      use_default_icon:
        description: Whether to go back to the default icon, which a new application has anyway. Not shown by the API.
        type: bool
      purge_bundles:
        description: Whether the application leaves other bundles. With V(false), it is only added to O(applications[].bundles).
        type: bool
        default: true
      icon:
        description:
        - Image file to upload as the icon, on the machine where the module runs; 102400 bytes at most, which is checked before anything is sent.
        - Not shown by the API. It is uploaded after the creation; if that did not come about, the next run does it.
        type: path
      state:
        description: Whether the application is there.
        type: str
        choices:
        - present
        - absent
        default: present
      update_write_only:
        description:
        - When to send the options that the API does not show, only when the application is created, or with every run to an existing application
          as well, which then always counts as a change.
        type: str
        choices:
        - on_create
        - always
        default: on_create
  bundles:
    description:
    - Each item takes the options of M(euc.fleet.workspot_bundle).
    type: list
    elements: dict
    suboptions:
      name:
        description: Name of the bundle, exactly. For an existing bundle its id will do.
        type: str
        required: true
      applications:
        description:
        - Names or ids of the applications in the bundle. An empty list leaves none.
        - Web applications are in no listing of the API; they are known if they are in some bundle already.
        type: list
        elements: str
      purge_applications:
        description: Whether other applications leave the bundle. With V(false), O(bundles[].applications) are only added.
        type: bool
        default: true
      state:
        description: Whether the bundle is there.
        type: str
        choices:
        - present
        - absent
        default: present
  users:
    description:
    - Each item takes the options of M(euc.fleet.workspot_user).
    - With more than a few users, one users report takes the place of one read a user.
    type: list
    elements: dict
    suboptions:
      email:
        description: E-mail address of the user, which identifies him.
        type: str
        required: true
      first_name:
        description: First name, used at creation. A later difference is reported as a warning, for the API cannot change it.
        type: str
      last_name:
        description: Last name, likewise.
        type: str
      cost_center:
        description:
        - Cost center of the user. An empty text clears it.
        - Works in tenants only for which the vendor has switched cost centers by user on.
        type: str
      pool:
        description:
        - Name or id of a pool from which a new user gets a desktop, if one is free. Used at creation only.
        - Use M(euc.fleet.workspot_assignment) to make sure that a user has a desktop.
        type: str
      state:
        description:
        - Whether the user is there. The desktops of a deleted user are suspended or given back, as their pools are set; the step in C(changes)
          names them.
        type: str
        choices:
        - present
        - absent
        default: present
  desktops:
    description:
    - Each item takes the options of M(euc.fleet.workspot_desktop).
    - An item may give the desktop's tags, user and power state as well.
    type: list
    elements: dict
    suboptions:
      pool:
        description: Name or id of the pool.
        type: str
        required: true
      name:
        description:
        - Computer name of the desktop, compared without regard to case; its id or the first label of its domain name will do for an existing
          one.
        - A new name has letters, digits and hyphens, and begins with a letter; for a machine of a custom cloud it has at most 15 characters.
        type: str
        required: true
      snapshot_id:
        description: The cloud's id of the snapshot to make the disk from. Used at creation only, like the domain options, which go with it.
        type: str
      domain:
        description: Domain to join.
        type: str
      domain_ou:
        description: Organizational unit in that domain.
        type: str
      domain_user:
        description: User who may join machines to the domain.
        type: str
      domain_password:
        description: Password of that user.
        type: str
      bios_guid:
        description: BIOS GUID of a machine to add to a pool of a custom cloud.
        type: str
      mac_address:
        description: MAC address of such a machine; needs O(desktops[].fqdn) as well. One of this pair and O(desktops[].bios_guid) is enough.
        type: str
      fqdn:
        description: Fully qualified domain name of such a machine.
        type: str
      state:
        description:
        - Whether the desktop is there. In a pool that creates desktops on delete, a fresh one follows a deleted one; other pools shrink by one.
        - The fresh one may get the same name. So in such a pool a desktop whose name ends with a number is deleted by its id only, for a second
          run by name would delete the fresh one.
        - Deletion is done when Control has accepted it; the desktop may be shown as C(Deleting) for a while.
        type: str
        choices:
        - present
        - absent
        default: present
      force:
        description: Delete the desktop even if it is assigned to a user or in use.
        type: bool
        default: false
      tags:
        description: Tags as with M(euc.fleet.workspot_desktop_tags).
        type: dict
      purge_tags:
        description: Whether O(desktops[].tags) are all the tags that the desktop shall have.
        type: bool
        default: false
      user:
        description: E-mail address of the user who shall have the desktop. It is never taken from somebody else.
        type: str
      power:
        description: As O(euc.fleet.workspot_desktop_power#module:state).
        type: str
        choices:
        - running
        - paused
  assignments:
    description:
    - Each item takes the options of M(euc.fleet.workspot_assignment).
    - Those to be taken away are taken away before any is made.
    type: list
    elements: dict
    suboptions:
      user:
        description: E-mail address of the user.
        type: str
        required: true
      pool:
        description: Name or id of the pool.
        type: str
        required: true
      desktop:
        description:
        - Name, computer name or id of a certain desktop.
        - Without it, O(assignments[].state=present) is content with any desktop of the pool and lets Control choose a free one, or build one
          where none is free; O(assignments[].state=absent) takes all desktops of the pool away from the user.
        type: str
      state:
        description: Whether the user has the desktop. One that is taken away is suspended or given back, as its pool is set.
        type: str
        choices:
        - present
        - absent
        default: present
      force:
        description: Take a desktop away even if there is a session on it, or assign one although it is suspended, so that its data is kept for
          somebody.
        type: bool
        default: false
  global_desktops:
    description:
    - Each item takes the options of M(euc.fleet.workspot_global_desktop).
    type: list
    elements: dict
    suboptions:
      name:
        description: Name or id of the global desktop.
        type: str
        required: true
      pools:
        description: Names or ids of all its pools; the first one is tried first. Needed with O(global_desktops[].state=present).
        type: list
        elements: str
      user:
        description:
        - E-mail address of a user. With it, the global desktop and its pools are those of this user; a user's own list goes before the one for
          all.
        - A user who has the global desktop without a list has the pools for all, and counts as having those.
        type: str
      state:
        description:
        - With V(absent), the global desktop is taken away from O(global_desktops[].user), together with the user's list.
        - What a user has by a group is taken from the group, with M(euc.fleet.workspot_group). The API tells which groups have the global desktop,
          and not whether the user is in them, so the plan names the groups and Control refuses what cannot be.
        type: str
        choices:
        - present
        - absent
        default: present
  groups:
    description:
    - Each item takes the options of M(euc.fleet.workspot_group).
    - Groups cannot be created by the API.
    type: list
    elements: dict
    suboptions:
      name:
        description: Name or id of the group.
        type: str
        required: true
      state:
        description: Only V(present); the API cannot delete a group.
        type: str
        choices:
        - present
        default: present
      bundle:
        description:
        - Name or id of the application bundle of the group. A group has one at most, so it replaces another one.
        - An empty text is refused, for the API has no call that takes a bundle away.
        type: str
      global_desktops:
        description: Names or ids of the global desktops of the group. An empty list takes all of them away.
        type: list
        elements: str
      purge_global_desktops:
        description: Whether other global desktops are taken away. With V(false), O(groups[].global_desktops) are only added.
        type: bool
        default: true
"""
