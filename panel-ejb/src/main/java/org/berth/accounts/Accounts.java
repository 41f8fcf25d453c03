package org.berth.accounts;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.berth.audit.AuditTarget;
import org.berth.audit.Audited;
import org.berth.platform.Conflict;
import org.berth.platform.DuplicateKey;
import org.berth.platform.Listing;
import org.berth.platform.NotFound;
import org.berth.platform.Page;
import org.berth.platform.PageRequest;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.security.Permission;
import org.berth.security.Role;

/**
 * Accounts, for every interface. Named by login or id; administrators see all, everybody else their own, and one that
 * may not be seen answers like one that does not exist. At least one active administrator always remains, and nobody
 * disables themselves.
 */
@Stateless
public class Accounts {

    private static final Listing<Account> LISTING = Listing.upBy(Account.class, "login")
            .sortable("login", "login")
            .sortable("name", "displayName")
            .sortable("role", "role")
            .sortable("state", "state")
            .sortable("created", "createdAt")
            .sortable("lastLogin", "lastLoginAt")
            .searched("login", "displayName", "email")
            .filtered("role", "role", Role::valueOf)
            .filtered("state", "state", AccountState::valueOf);

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private AccountRows rows;

    @Inject
    private Passwords passwords;

    @Inject
    private Clock clock;

    /** Sortable by login, name, role, state, created, lastLogin; filters: role, state. */
    public Page<AccountView> list(Actor actor, PageRequest request) {
        var page = LISTING.page(
                entities,
                request,
                (query, builder, account) -> actor.isAdministrator()
                        ? builder.conjunction()
                        : builder.equal(account.get("id"), actor.accountId()));
        return new Page<>(page.rows().stream().map(Account::view).toList(), page.total());
    }

    /** One account. */
    public AccountView find(Actor actor, String loginOrId) {
        return rows.visible(actor, loginOrId).view();
    }

    /** An active account with this e-mail address, for administrators; addresses need not be unique. */
    public Optional<AccountView> byEmail(Actor actor, String email) {
        actor.require(Permission.on("user", "list"));
        return entities.createQuery(
                        "select a from Account a where lower(a.email) = :email and a.state = :state order by a.id",
                        Account.class)
                .setParameter("email", email.toLowerCase(Locale.ROOT))
                .setParameter("state", AccountState.ACTIVE)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .map(Account::view);
    }

    /** Logins by id, for lists that show whose something is. */
    public Map<Long, String> logins(Set<Long> ids) {
        return rows.logins(ids);
    }

    /** Makes an account, with a password for its first login. */
    @Audited("user:create")
    public NewAccount create(Actor actor, AccountDraft draft) {
        actor.require(Permission.on("user", "create"));
        var login = new Login(draft.login());
        if (rows.byLogin(login.text()).isPresent()) {
            throw taken(login);
        }
        var account = new Account(login, draft.role(), clock.instant());
        account.describe(Person.of(draft.displayName(), draft.email()));
        var password = passwords.giveOneTime(account);
        try {
            entities.persist(account);
            entities.flush();
        } catch (PersistenceException refused) {
            if (DuplicateKey.isBehind(refused)) {
                throw taken(login);
            }
            throw refused;
        }
        return new NewAccount(account.view(), password.of(account));
    }

    /** Changes name, address or role; the role only by administrators, and not their own. */
    @Audited("user:update")
    public AccountView update(Actor actor, @AuditTarget String loginOrId, AccountChange change) {
        var account = allowed(actor, "update", loginOrId);
        var before = account.person();
        account.describe(Person.of(
                change.displayName().orElse(before.displayName()),
                change.email().orElse(before.email().orElse(""))));
        change.role().filter(role -> role != account.view().role()).ifPresent(role -> {
            actor.require(Permission.on("user", "change-role", account.id(), account.id()));
            refuseForSelf(actor, account, "role-own");
            refuseForLastAdministrator(account);
            account.become(role);
        });
        return account.view();
    }

    /** How the actor wants to see the panel. */
    @Audited("user:prefer")
    public AccountView prefer(Actor actor, Preferences preferences) {
        var account = own(actor);
        account.prefer(preferences);
        return account.view();
    }

    /** Replaces a password by one for a single login; ends the account's sessions. */
    @Audited("user:reset-password")
    public OneTimePassword resetPassword(Actor actor, @AuditTarget String loginOrId) {
        var account = allowed(actor, "reset-password", loginOrId);
        return passwords.giveOneTime(account).of(account);
    }

    /**
     * Replaces the actor's own password; ends all sessions, the answer is what a new one begins with. Hashing takes its
     * time, so no transaction is held meanwhile.
     */
    @Audited("user:change-password")
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public Authenticated changePassword(Actor actor, String oldPassword, String newPassword) {
        return passwords
                .change(own(actor), actor.address(), oldPassword, newPassword)
                .authenticated(actor.via(), actor.address());
    }

    /** Shuts somebody out; sites go on. Ends the account's sessions and suspends its tokens. */
    @Audited("user:disable")
    public AccountView disable(Actor actor, @AuditTarget String loginOrId) {
        var account = allowed(actor, "disable", loginOrId);
        refuseForSelf(actor, account, "disable-own");
        if (account.isActive()) {
            refuseForLastAdministrator(account);
            account.disable();
        }
        return account.view();
    }

    /** Lets somebody in again. */
    @Audited("user:enable")
    public AccountView enable(Actor actor, @AuditTarget String loginOrId) {
        var account = allowed(actor, "enable", loginOrId);
        account.enable();
        return account.view();
    }

    private Account allowed(Actor actor, String action, String loginOrId) {
        var account = rows.visible(actor, loginOrId);
        actor.require(Permission.on("user", action, account.id(), account.id()));
        return account;
    }

    private Account own(Actor actor) {
        return rows.byId(actor.accountId()).orElseThrow(() -> new NotFound(Problem.of("account-needed", actor.name())));
    }

    private static void refuseForSelf(Actor actor, Account account, String code) {
        if (account.id() == actor.accountId()) {
            throw new Conflict(Problem.of(code));
        }
    }

    private void refuseForLastAdministrator(Account account) {
        var administrators = rows.activeAdministrators();
        if (administrators.size() == 1 && administrators.contains(account)) {
            throw new Conflict(Problem.of("last-administrator", account.login()));
        }
    }

    private static Conflict taken(Login login) {
        return new Conflict(Problem.of("login-taken", login).at("login"));
    }
}
