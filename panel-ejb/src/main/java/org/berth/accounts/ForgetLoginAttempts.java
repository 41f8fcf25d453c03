package org.berth.accounts;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.berth.platform.Sweep;

/** Removes what counts no more for {@link LoginThrottle}. */
@ApplicationScoped
class ForgetLoginAttempts implements Sweep {

    @Inject
    private LoginThrottle throttle;

    @Override
    public String name() {
        return "forget-login-attempts";
    }

    @Override
    public Duration every() {
        return LoginAttempts.WINDOW;
    }

    @Override
    public void run() {
        throttle.forget();
    }
}
