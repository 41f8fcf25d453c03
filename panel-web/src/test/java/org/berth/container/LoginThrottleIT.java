package org.berth.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.util.Collections;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.berth.accounts.AccountDraft;
import org.berth.accounts.Authenticated;
import org.berth.accounts.Authentication;
import org.berth.accounts.OneTimePassword;
import org.berth.fixture.Fresh;
import org.berth.platform.Denied;
import org.berth.platform.InvalidInput;
import org.berth.platform.TooManyAttempts;
import org.berth.security.Actor;
import org.berth.security.Role;
import org.berth.security.Via;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Guessing passwords")
class LoginThrottleIT extends WithinPanel {

    private static final int PER_ACCOUNT_AND_ADDRESS = 5;
    private static final int PER_ADDRESS = 20;
    private static final int PER_ACCOUNT_FROM_UNKNOWN_ADDRESSES = 20;
    private static final int MORE_THAN_CONNECTIONS = 40;
    private static int addresses;

    @Inject
    private Authentication authentication;

    @Test
    void endsAfterFiveTriesFromOneAddressEvenWithTheRightPasswordButNotForItsOwnerElsewhere() {
        var victim = account();
        var address = address();
        for (var tried = 0; tried < PER_ACCOUNT_AND_ADDRESS; tried++) {
            assertThat(refusal(Denied.class, wrong(victim.login(), address)).code())
                    .isEqualTo("login-wrong");
        }
        var wait = refusal(TooManyAttempts.class, right(victim, address));
        assertThat(wait.code()).isEqualTo("login-throttled");
        assertThat(Long.parseLong(wait.args().get(0))).isBetween(600L, 901L);
        assertThat(login(victim, address())).isNotNull();
        // Nor for somebody else who shares the address.
        assertThat(login(account(), address)).isNotNull();
    }

    @Test
    void countsForTheAccountHoweverItsNameIsWritten() {
        var victim = account();
        var address = address();
        var upper = victim.login().toUpperCase(Locale.ROOT);
        failed("place:" + victim.login() + "@" + address, PER_ACCOUNT_AND_ADDRESS - 1);
        refusal(Denied.class, wrong(" " + upper, address));
        refusal(TooManyAttempts.class, right(victim, address));
    }

    @Test
    void endsForNamesThatDoNotExistJustAsForThoseThatDo() {
        var nobody = Fresh.login("nobody");
        var address = address();
        failed("place:" + nobody + "@" + address, PER_ACCOUNT_AND_ADDRESS - 1);
        assertThat(refusal(Denied.class, wrong(nobody, address)).code()).isEqualTo("login-wrong");
        refusal(TooManyAttempts.class, wrong(nobody, address));
    }

    @Test
    void endsAfterTwentyTriesFromAnAddressWhoeverIsTried() {
        var address = address();
        var victim = account();
        failed("address:" + address, PER_ADDRESS - 1);
        refusal(Denied.class, wrong(Fresh.login("any"), address));
        refusal(TooManyAttempts.class, right(victim, address));
        // What was turned away is not counted for the account.
        assertThat(failures("account:" + victim.login())).isZero();
        assertThat(login(victim, address())).isNotNull();
    }

    @Test
    void endsAfterTwentyTriesForAnAccountFromManyAddressesButNotWhereItsOwnerLogsIn() {
        var victim = account();
        var home = address();
        assertThat(login(victim, home)).isNotNull();
        failed("account:" + victim.login(), PER_ACCOUNT_FROM_UNKNOWN_ADDRESSES - 1);
        refusal(Denied.class, wrong(victim.login(), address()));
        refusal(TooManyAttempts.class, right(victim, address()));
        assertThat(login(victim, home)).isNotNull();
    }

    @Test
    void countsANetworkOfIpv6AsOneAddress() {
        var network = "2001:db8:" + Fresh.random().substring(0, 4) + ":1:";
        refusal(Denied.class, wrong(Fresh.login("any"), network + ":1"));
        var bucket = rows.value("select bucket from login_attempt where bucket like 'address:2001:%' order by id desc");
        failed(bucket, PER_ADDRESS - 1);
        refusal(TooManyAttempts.class, right(account(), network + ":abcd"));
    }

    @Test
    void isForgottenForTheAccountByASuccessButNotForTheAddress() {
        var mine = account();
        var address = address();
        var place = "place:" + mine.login() + "@" + address;
        failed(place, PER_ACCOUNT_AND_ADDRESS - 1);
        failed("address:" + address, PER_ADDRESS - 1);
        assertThat(login(mine, address)).isNotNull();
        assertThat(failures(place)).isZero();
        // An account of one's own does not buy more tries against others.
        refusal(Denied.class, wrong(Fresh.login("any"), address));
        refusal(TooManyAttempts.class, right(mine, address));
    }

    @Test
    void isAllowedAgainAQuarterOfAnHourLaterHoweverOftenItWasTriedMeanwhile() {
        var victim = account();
        var address = address();
        var place = "place:" + victim.login() + "@" + address;
        failed(place, PER_ACCOUNT_AND_ADDRESS);
        IntStream.range(0, 10).forEach(tried -> refusal(TooManyAttempts.class, wrong(victim.login(), address)));
        rows.change("update login_attempt set failed_at = failed_at - interval 15 minute where bucket = ?", place);
        assertThat(login(victim, address)).isNotNull();
    }

    @Test
    void looksAtNoMoreAndNoFewerWhenAllIsTriedAtTheSameMoment() throws InterruptedException {
        var victim = account();
        var outcomes = atOnce(Collections.<Callable<?>>nCopies(16, wrong(victim.login(), address())));
        assertThat(outcomes).filteredOn(Denied.class::isInstance).hasSize(PER_ACCOUNT_AND_ADDRESS);
        assertThat(outcomes).filteredOn(TooManyAttempts.class::isInstance).hasSize(16 - PER_ACCOUNT_AND_ADDRESS);
    }

    @Test
    void ofTheOldPasswordEndsWhenItIsChangedToo() {
        var victim = account();
        var session = new Actor(victim.accountId(), victim.login(), Role.OWNER, Via.WEB, address());
        for (var tried = 0; tried < PER_ACCOUNT_AND_ADDRESS; tried++) {
            var guess = "guess " + tried;
            var refused = refusal(
                    InvalidInput.class, () -> accounts.changePassword(session, guess, "Correct horse battery staple"));
            assertThat(refused.code()).isEqualTo("password-old-wrong");
        }
        refusal(
                TooManyAttempts.class,
                () -> accounts.changePassword(session, victim.password(), "Correct horse battery staple"));
    }

    @Test
    void ofTheOldPasswordNeverTakesAllConnectionsToTheDatabase() throws InterruptedException {
        var victim = account();
        var session = new Actor(victim.accountId(), victim.login(), Role.OWNER, Via.WEB, address());
        var outcomes = atOnce(Collections.<Callable<?>>nCopies(
                MORE_THAN_CONNECTIONS,
                () -> accounts.changePassword(session, "a guess", "Correct horse battery staple")));
        assertThat(outcomes).filteredOn(InvalidInput.class::isInstance).hasSize(PER_ACCOUNT_AND_ADDRESS);
        assertThat(outcomes)
                .filteredOn(TooManyAttempts.class::isInstance)
                .hasSize(MORE_THAN_CONNECTIONS - PER_ACCOUNT_AND_ADDRESS);
    }

    @Test
    void tellsNobodyWhetherTheAccountIsDisabled() {
        var disabled = account();
        accounts.disable(Actor.ROOT, disabled.login());
        var refused = refusal(Denied.class, right(disabled, address()));
        assertThat(refused).isEqualTo(refusal(Denied.class, wrong(Fresh.login("nobody"), address())));
    }

    private OneTimePassword account() {
        return accounts.create(Actor.ROOT, new AccountDraft(Fresh.login("guessed"), "Guessed", "", Role.OWNER))
                .oneTimePassword();
    }

    private Authenticated login(OneTimePassword who, String address) {
        return authentication.authenticate(who.login(), who.password(), address, Via.WEB);
    }

    private Callable<Authenticated> right(OneTimePassword who, String address) {
        return () -> login(who, address);
    }

    private Callable<Authenticated> wrong(String login, String address) {
        return () -> authentication.authenticate(login, "a guess", address, Via.WEB);
    }

    /** As many tries that failed a moment ago. */
    private void failed(String bucket, int times) {
        for (var time = 0; time < times; time++) {
            rows.change("insert into login_attempt (bucket, failed_at) values (?, utc_timestamp(6))", bucket);
        }
    }

    private long failures(String bucket) {
        return rows.number("select count(*) from login_attempt where bucket = ?", bucket);
    }

    /** An address that nobody came from before. */
    private static String address() {
        addresses++;
        return "198.51." + addresses / 250 + "." + addresses % 250;
    }
}
