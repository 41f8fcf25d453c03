package org.berth.accounts;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;
import org.berth.security.Secrets;

/** Gives accounts their passwords. */
@Dependent
class Passwords {

    /** A one-time password that nobody used in this time works no more. */
    static final Duration ONE_TIME = Duration.ofHours(72);

    @Inject
    private AccountRows rows;

    @Inject
    private PasswordHashes hashes;

    @Inject
    private LoginThrottle throttle;

    @Inject
    private Clock clock;

    /** A password that was made for an account, which may not have its id yet. */
    record Made(String password, Instant expiresAt) {

        OneTimePassword of(Account account) {
            return new OneTimePassword(account.id(), account.login(), password, expiresAt);
        }

        @Override
        public String toString() {
            return "Made[expires " + expiresAt + "]";
        }
    }

    Made giveOneTime(Account account) {
        var made = new Made(Secrets.password(), clock.instant().plus(ONE_TIME));
        account.giveOneTimePassword(hashes.hash(made.password()), made.expiresAt());
        return made;
    }

    /** The old password counts like a login, so that a forgotten session does not help to guess it. */
    Account change(Account account, String address, String oldPassword, String newPassword) {
        var attempt = throttle.begin(account.login(), address);
        if (!hashes.matches(oldPassword, account.passwordHash())) {
            throw oldIsWrong();
        }
        throttle.succeeded(attempt);
        PasswordRules.check(account.login(), newPassword);
        if (newPassword.equals(oldPassword)) {
            throw new InvalidInput(Problem.of("password-same").at("password"));
        }
        return rows.choosePassword(account.id(), account.passwordHash(), hashes.hash(newPassword))
                .orElseThrow(Passwords::oldIsWrong);
    }

    private static InvalidInput oldIsWrong() {
        return new InvalidInput(Problem.of("password-old-wrong").at("oldPassword"));
    }
}
