package org.berth.security;

import java.util.Set;
import java.util.stream.Collectors;
import org.apache.shiro.authz.permission.WildcardPermission;
import org.berth.platform.Denied;
import org.berth.platform.Problem;

/**
 * Whoever asks for something: an account that proved itself, root on the host, or Berth by the clock. Passed to every
 * boundary as its first argument, so that no permission check depends on ambient state.
 *
 * @param accountId the account, 0 for root on the host and for the system
 * @param name login, or {@code root}, or {@code berth}
 * @param role template of permissions
 * @param via interface used
 * @param address where from, an IP address, or {@code local}
 */
public record Actor(long accountId, String name, Role role, Via via, String address) {

    /** Berth itself, acting by the clock. */
    public static final Actor SYSTEM = new Actor(0, "berth", Role.ADMINISTRATOR, Via.SYSTEM, "local");

    /** Root on the host, through the command line. */
    public static final Actor ROOT = new Actor(0, "root", Role.ADMINISTRATOR, Via.CLI, "local");

    /** Whether the actor may do this. */
    public boolean may(Permission permission) {
        var wanted = new WildcardPermission(permission.text());
        return granted().stream().anyMatch(grant -> grant.implies(wanted));
    }

    /** Refuses what the actor may not do. */
    public void require(Permission permission) {
        if (!may(permission)) {
            throw new Denied(Problem.of("denied", permission.text()));
        }
    }

    public boolean isAdministrator() {
        return role == Role.ADMINISTRATOR;
    }

    private Set<WildcardPermission> granted() {
        var grants = switch (role) {
            case ADMINISTRATOR -> Set.of("*");
            case OWNER ->
                Set.of(
                        "site:create",
                        "site:read:" + accountId,
                        "site:update:" + accountId,
                        "site:suspend:" + accountId,
                        "site:resume:" + accountId,
                        "site:delete:" + accountId,
                        "site:restore:" + accountId,
                        "site:preview:" + accountId,
                        "certificate:read:" + accountId,
                        "certificate:issue:" + accountId,
                        "certificate:upload:" + accountId,
                        "certificate:return:" + accountId,
                        "certificate:check:" + accountId,
                        "certificate:revoke:" + accountId,
                        "job:*:" + accountId,
                        "user:read:" + accountId + ":" + accountId,
                        "user:update:" + accountId + ":" + accountId,
                        "token:*:" + accountId);
        };
        return grants.stream().map(WildcardPermission::new).collect(Collectors.toUnmodifiableSet());
    }
}
