package org.berth.accounts;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.berth.platform.NotFound;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.security.Permission;
import org.berth.security.Role;

/** Finds accounts. */
@Dependent
class AccountRows {

    @PersistenceContext
    private EntityManager entities;

    Optional<Account> byId(long id) {
        return Optional.ofNullable(entities.find(Account.class, id));
    }

    Optional<Account> byLogin(String login) {
        return entities.createQuery("select a from Account a where a.login = :login", Account.class)
                .setParameter("login", login)
                .getResultStream()
                .findFirst();
    }

    /** The account with this login or id, if the actor may see it. */
    Account visible(Actor actor, String loginOrId) {
        // A login begins with a letter, an id is a number: no text is both.
        var found = loginOrId.matches("\\d{1,18}") ? byId(Long.parseLong(loginOrId)) : byLogin(loginOrId);
        return found.filter(account -> actor.may(Permission.on("user", "read", account.id(), account.id())))
                .orElseThrow(() -> new NotFound(Problem.of("user-unknown", loginOrId)));
    }

    /** All administrators that can log in, locked: who takes one away counts what is left. */
    List<Account> activeAdministrators() {
        return entities.createQuery(
                        "select a from Account a where a.role = :role and a.state = :state order by a.id",
                        Account.class)
                .setParameter("role", Role.ADMINISTRATOR)
                .setParameter("state", AccountState.ACTIVE)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
    }

    /** Without the version: two logins at once do not disturb each other, nor a change of the account. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void loggedIn(long id, Instant at) {
        entities.createQuery("update Account a set a.lastLoginAt = :at where a.id = :id")
                .setParameter("at", at)
                .setParameter("id", id)
                .executeUpdate();
    }

    /** Replaces the password whose hash was proven; empty when it was replaced meanwhile. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Optional<Account> choosePassword(long id, String proven, String chosen) {
        var found = Optional.ofNullable(entities.find(Account.class, id, LockModeType.PESSIMISTIC_WRITE))
                .filter(account -> account.passwordHash().equals(proven));
        found.ifPresent(account -> account.choosePassword(chosen));
        return found;
    }

    Map<Long, String> logins(Collection<Long> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return entities.createQuery("select a from Account a where a.id in :ids", Account.class)
                .setParameter("ids", ids)
                .getResultStream()
                .collect(Collectors.toMap(Account::id, Account::login));
    }
}
