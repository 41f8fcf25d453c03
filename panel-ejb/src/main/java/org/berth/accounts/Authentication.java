package org.berth.accounts;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.berth.audit.AuditLog;
import org.berth.audit.Result;
import org.berth.audit.Target;
import org.berth.platform.Denied;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.security.Role;
import org.berth.security.Via;

/**
 * Finds out who somebody is. The only boundary without an actor: it makes them.
 *
 * <p>Hashing takes its time, so no transaction is held meanwhile.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Authentication {

    private static final int MAX_LOGIN = 32;

    @Inject
    private AccountRows rows;

    @Inject
    private TokenRows tokens;

    @Inject
    private LoginThrottle throttle;

    @Inject
    private PasswordHashes hashes;

    @Inject
    private AuditLog audit;

    @Inject
    private Clock clock;

    /**
     * Checks a password.
     *
     * @throws Denied wrong login or password, or the account is disabled: which of them is told to nobody
     * @throws org.berth.platform.TooManyAttempts too many failures lately
     */
    public Authenticated authenticate(String login, String password, String address, Via via) {
        var name = login.strip().toLowerCase(Locale.ROOT);
        name = name.substring(0, Math.min(name.length(), MAX_LOGIN));
        var attempt = throttle.begin(name, address);
        var account = proven(name, password).orElse(null);
        if (account == null) {
            throw refused(new Actor(0, name, Role.OWNER, via, address), "login-wrong");
        }
        var who = account.authenticated(via, address);
        if (account.passwordExpired(clock.instant())) {
            throw refused(who.actor(), "one-time-password-expired");
        }
        throttle.succeeded(attempt);
        rows.loggedIn(account.id(), clock.instant());
        audit.record(who.actor(), "user:login", who.account().auditTarget(), Result.DONE, "");
        return who;
    }

    /** Who a token of the API belongs to, while it and its account work. */
    public Optional<Authenticated> byToken(String secret, String address) {
        return tokens.use(secret).filter(Account::isActive).map(account -> account.authenticated(Via.REST, address));
    }

    /** Whose session this is, as they are now; empty when it ended with a new password or with the account. */
    public Optional<Authenticated> bySession(long accountId, int sessionEpoch, String address) {
        return rows.byId(accountId)
                .filter(Account::isActive)
                .filter(account -> account.inEpoch(sessionEpoch))
                .map(account -> account.authenticated(Via.WEB, address));
    }

    private Optional<Account> proven(String login, String password) {
        var account = rows.byLogin(login);
        var right = password.length() <= PasswordRules.MAX_LENGTH
                ? account.map(known -> hashes.matches(password, known.passwordHash()))
                        .orElseGet(() -> hashes.matchesNobody(password))
                : hashes.matchesNobody("");
        return account.filter(known -> right && known.isActive());
    }

    private Denied refused(Actor actor, String code) {
        audit.record(actor, "user:login", new Target("user", actor.accountId(), actor.name()), Result.DENIED, code);
        return new Denied(Problem.of(code));
    }
}
