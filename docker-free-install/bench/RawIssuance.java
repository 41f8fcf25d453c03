import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.AcmeJsonResource;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.exception.AcmeServerException;

/**
 * What certificates cost without a panel: the orders of ACME (RFC 8555) alone, names proven by files that a web server
 * answers from. Usage: {@code RawIssuance DIRECTORY FOLDER NAME,NAME…}…, an order for each list of names. All are made
 * twice, and the second time a line tells how many tenths of a millisecond each took: by then the machine is warm.
 */
final class RawIssuance {

    /** An authority on a cable of its own may be asked as often as one likes. */
    private static final long BETWEEN_QUESTIONS_MS = 5;

    private final Login login;
    private final Path folder;

    private RawIssuance(URI directory, Path folder) throws Exception {
        login = new AccountBuilder().agreeToTermsOfService().useKeyPair(key()).createLogin(new Session(directory));
        this.folder = folder;
    }

    public static void main(String[] args) throws Exception {
        var raw = new RawIssuance(URI.create(args[0]), Path.of(args[1]));
        var orders = List.of(args).subList(2, args.length);
        for (var names : orders) {
            raw.issue(names.split(","));
        }
        for (var names : orders) {
            var begin = System.nanoTime();
            raw.issue(names.split(","));
            System.out.println((System.nanoTime() - begin) / 100_000);
        }
    }

    private void issue(String... names) throws Exception {
        var order = login.newOrder().domains(names).create();
        var authorizations = order.getAuthorizations();
        for (var authorization : authorizations) {
            var challenge = challenge(authorization);
            Files.writeString(folder.resolve(challenge.getToken()), challenge.getAuthorization());
            trigger(challenge);
        }
        for (var authorization : authorizations) {
            await(authorization, authorization::getStatus, Status.PENDING);
            require(authorization.getStatus() == Status.VALID, authorization);
            Files.delete(folder.resolve(challenge(authorization).getToken()));
        }
        await(order, order::getStatus, Status.PENDING);
        order.execute(key());
        await(order, order::getStatus, Status.READY, Status.PROCESSING);
        require(order.getStatus() == Status.VALID, order);
        order.getCertificate().download();
    }

    /** Java's HTTP client sends once more what got no answer; how the challenge stands is asked afterwards. */
    private static void trigger(Http01Challenge challenge) throws Exception {
        try {
            challenge.trigger();
        } catch (AcmeServerException repeated) {
            System.err.println(repeated.getMessage());
        }
    }

    private static Http01Challenge challenge(Authorization authorization) {
        return authorization.findChallenge(Http01Challenge.class).orElseThrow();
    }

    private static KeyPair key() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private interface Standing {
        Status now() throws Exception;
    }

    private static void await(AcmeJsonResource what, Standing standing, Status... passing) throws Exception {
        what.fetch();
        while (List.of(passing).contains(standing.now())) {
            Thread.sleep(BETWEEN_QUESTIONS_MS);
            what.fetch();
        }
    }

    private static void require(boolean success, AcmeJsonResource what) {
        if (!success) {
            throw new IllegalStateException(what.getLocation() + ": " + what.getJSON());
        }
    }
}
