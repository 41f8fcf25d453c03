package org.berth.accounts;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.shiro.crypto.hash.HashRequest;
import org.apache.shiro.crypto.hash.HashSpi;
import org.apache.shiro.crypto.hash.format.Shiro2CryptFormat;
import org.apache.shiro.crypto.support.hashes.argon2.Argon2HashProvider;
import org.apache.shiro.crypto.support.hashes.argon2.Argon2HashProvider.Parameters;
import org.apache.shiro.lang.util.ByteSource;
import org.apache.shiro.lang.util.SimpleByteSource;
import org.berth.platform.Problem;
import org.berth.platform.TooManyAttempts;

/**
 * Argon2id with OWASP's smaller setting (19 MiB, two passes): each check takes this memory from the heap, so only two
 * run at once and the others wait for their turn.
 */
@ApplicationScoped
class PasswordHashes {

    private static final Map<String, Object> SETTINGS = Map.of(
            Parameters.PARAMETER_MEMORY_KIB, "19456",
            Parameters.PARAMETER_ITERATIONS, "2",
            Parameters.PARAMETER_PARALLELISM, "1");

    private static final int AT_ONCE = 2;
    private static final int WAIT_SECONDS = 5;

    private final HashSpi argon2 = new Argon2HashProvider();
    private final Shiro2CryptFormat format = new Shiro2CryptFormat();
    private final SecureRandom random = new SecureRandom();
    private final Semaphore turns = new Semaphore(AT_ONCE, true);
    private final String nobodys = hash("nobody has this password");

    /** Hash in modular crypt format, with its salt and settings. */
    String hash(String password) {
        var request = new HashRequest.Builder()
                .setAlgorithmName("argon2id")
                .setSource(source(password))
                .withParameters(SETTINGS)
                .build();
        return inTurn(() -> format.format(argon2.newHashFactory(random).generate(request)));
    }

    /** Whether this is the password. */
    boolean matches(String password, String hash) {
        return inTurn(() -> format.parse(hash).matchesPassword(source(password)));
    }

    /** Takes as long as {@link #matches} and is never true: for logins that do not exist. */
    boolean matchesNobody(String password) {
        matches(password, nobodys);
        return false;
    }

    /** The same password may be typed with composed or with combining characters. */
    private static ByteSource source(String password) {
        return new SimpleByteSource(Normalizer.normalize(password, Normalizer.Form.NFC));
    }

    private <T> T inTurn(Supplier<T> work) {
        try {
            if (!turns.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new TooManyAttempts(Problem.of("login-busy", WAIT_SECONDS));
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new TooManyAttempts(Problem.of("login-busy", WAIT_SECONDS));
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }
}
