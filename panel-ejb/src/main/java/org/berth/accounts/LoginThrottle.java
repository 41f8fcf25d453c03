package org.berth.accounts;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.berth.platform.Problem;
import org.berth.platform.TooManyAttempts;

/**
 * Slows guessing down: so many failed logins within a quarter of an hour, and the next ones are not even looked at.
 * Counted are those from one address, those for one account from one address, and those for one account from all the
 * addresses where it was never logged in to: so a stranger who guesses does not shut out the owner, who comes from a known
 * one. A try counts as failed until it has succeeded, and one begins after the other, so that of many at once no more
 * are looked at than one by one; one that is turned away does not count, so that nobody is shut out for ever.
 */
@ApplicationScoped
class LoginThrottle {

    private static final int PER_ACCOUNT_AND_ADDRESS = 5;
    /** Several people may share an address, and a guesser may have several. */
    private static final int PER_ADDRESS = 20;

    private static final int PER_ACCOUNT_FROM_UNKNOWN_ADDRESSES = 20;

    private final LoginAttempts attempts;
    private final LoginPlaces places;
    private final Clock clock;

    /** For the container's proxy. */
    LoginThrottle() {
        this(null, null, null);
    }

    @Inject
    LoginThrottle(LoginAttempts attempts, LoginPlaces places, Clock clock) {
        this.attempts = attempts;
        this.places = places;
        this.clock = clock;
    }

    /** A login that is being tried. */
    record Try(String login, String network, List<LoginAttempt> counted) {

        private String bucket() {
            return "place:" + login + "@" + network;
        }
    }

    /** Counts a try, or refuses it with the seconds to wait. */
    synchronized Try begin(String login, String address) {
        // Of an IPv6 address the network counts: one customer has 2^64 addresses.
        var network = Network.of(address);
        var limits = limits(login, network);
        limits.forEach((bucket, limit) -> attempts.newest(limit, bucket).ifPresent(decisive -> {
            throw tooMany(decisive);
        }));
        return new Try(login, network, attempts.add(limits.keySet()));
    }

    /** The password was right: this try is forgotten, and the account's failures from there. */
    void succeeded(Try right) {
        attempts.remove(right.counted());
        attempts.clear(right.bucket());
        places.add(right.login(), right.network());
    }

    /** Forgets what counts no more. */
    void forget() {
        attempts.forget();
        places.forget();
    }

    private Map<String, Integer> limits(String login, String network) {
        var limits = new LinkedHashMap<String, Integer>();
        limits.put(new Try(login, network, List.of()).bucket(), PER_ACCOUNT_AND_ADDRESS);
        limits.put("address:" + network, PER_ADDRESS);
        if (!places.has(login, network)) {
            limits.put("account:" + login, PER_ACCOUNT_FROM_UNKNOWN_ADDRESSES);
        }
        return limits;
    }

    private TooManyAttempts tooMany(Instant decisive) {
        var wait = Duration.between(clock.instant(), decisive.plus(LoginAttempts.WINDOW))
                        .toSeconds()
                + 1;
        return new TooManyAttempts(Problem.of("login-throttled", wait, (wait + 59) / 60));
    }
}
