package org.berth.web.accounts;

import java.time.Instant;
import java.util.Optional;
import org.berth.accounts.AccountState;
import org.berth.accounts.AccountView;
import org.berth.accounts.NewAccount;
import org.berth.security.Role;

/**
 * An account as the API shows it.
 *
 * @param oneTimePassword only in the answer that made the account: the password for the first login
 * @param oneTimePasswordExpiresAt until when that works
 */
public record UserJson(
        long id,
        String login,
        String displayName,
        Optional<String> email,
        Role role,
        AccountState state,
        boolean passwordOneTime,
        Instant createdAt,
        Optional<Instant> lastLoginAt,
        Optional<String> oneTimePassword,
        Optional<Instant> oneTimePasswordExpiresAt) {

    static UserJson of(AccountView account) {
        return of(account, Optional.empty(), Optional.empty());
    }

    static UserJson of(NewAccount made) {
        return of(
                made.account(),
                Optional.of(made.oneTimePassword().password()),
                Optional.of(made.oneTimePassword().expiresAt()));
    }

    private static UserJson of(AccountView account, Optional<String> password, Optional<Instant> expiresAt) {
        return new UserJson(
                account.id(),
                account.login(),
                account.displayName(),
                account.email(),
                account.role(),
                account.state(),
                account.passwordOneTime(),
                account.createdAt(),
                account.lastLoginAt(),
                password,
                expiresAt);
    }
}
