package org.berth.accounts;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;
import org.berth.security.Actor;
import org.berth.security.Role;
import org.berth.security.Via;

/**
 * Somebody who can log in. Begins with a one-time password, which its owner replaces at the first login. Every change
 * of the password, and being disabled, raises the session epoch: all sessions begun before end with it.
 */
@Entity
@Table(name = "account")
class Account {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String login;

    @Column(name = "display_name")
    private String displayName;

    private String email;

    @Enumerated(EnumType.STRING)
    private Role role;

    @Enumerated(EnumType.STRING)
    private AccountState state = AccountState.ACTIVE;

    @Column(name = "password_hash")
    private String passwordHash;

    @Column(name = "password_one_time")
    private boolean passwordOneTime;

    @Column(name = "password_expires_at")
    private Instant passwordExpiresAt;

    @Column(name = "session_epoch")
    private int sessionEpoch;

    private String language;
    private String theme = "system";

    @Column(name = "time_zone")
    private String timeZone;

    @Column(name = "last_login_at")
    private Instant lastLoginAt;

    @Column(name = "created_at")
    private Instant createdAt;

    @Version
    private int version;

    protected Account() {}

    Account(Login login, Role role, Instant createdAt) {
        this.login = login.text();
        this.role = role;
        this.createdAt = createdAt;
    }

    void describe(Person person) {
        displayName = person.displayName();
        email = person.email().orElse(null);
    }

    void become(Role role) {
        this.role = role;
    }

    void prefer(Preferences preferences) {
        language = preferences.language().isEmpty() ? null : preferences.language();
        theme = preferences.theme();
        timeZone = preferences.timeZone().isEmpty() ? null : preferences.timeZone();
    }

    /** From now on only this password works, until it is replaced or expires. */
    void giveOneTimePassword(String hash, Instant expiresAt) {
        replacePassword(hash);
        passwordOneTime = true;
        passwordExpiresAt = expiresAt;
    }

    /** A password that its owner chose. */
    void choosePassword(String hash) {
        replacePassword(hash);
        passwordOneTime = false;
        passwordExpiresAt = null;
    }

    private void replacePassword(String hash) {
        passwordHash = hash;
        sessionEpoch++;
    }

    void disable() {
        state = AccountState.DISABLED;
        sessionEpoch++;
    }

    void enable() {
        state = AccountState.ACTIVE;
    }

    boolean isActive() {
        return state == AccountState.ACTIVE;
    }

    /** Whether nobody used the one-time password in time. */
    boolean passwordExpired(Instant now) {
        return passwordExpiresAt != null && !now.isBefore(passwordExpiresAt);
    }

    boolean inEpoch(int epoch) {
        return sessionEpoch == epoch;
    }

    long id() {
        return id;
    }

    String login() {
        return login;
    }

    String passwordHash() {
        return passwordHash;
    }

    Person person() {
        return new Person(displayName, Optional.ofNullable(email));
    }

    Authenticated authenticated(Via via, String address) {
        return new Authenticated(new Actor(id, login, role, via, address), view(), sessionEpoch);
    }

    AccountView view() {
        return new AccountView(
                id,
                login,
                displayName,
                Optional.ofNullable(email),
                role,
                state,
                passwordOneTime,
                new Preferences(language == null ? "" : language, theme, timeZone == null ? "" : timeZone),
                createdAt,
                Optional.ofNullable(lastLoginAt));
    }
}
