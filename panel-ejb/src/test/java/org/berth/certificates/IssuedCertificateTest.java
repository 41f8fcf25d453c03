package org.berth.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.berth.fixture.Minted;
import org.junit.jupiter.api.Test;

class IssuedCertificateTest {

    private static final List<String> NAMES = List.of("shop.example.com");

    private final Minted root = Minted.root("Root");
    private final Minted upper = root.authority("Upper");
    private final Minted lower = upper.authority("Lower");
    private final Minted host = lower.host(NAMES.get(0));

    @Test
    void chainThatAnAuthoritySendsInAnyOrderIsPutInOrder() {
        assertThat(inOrder(upper, root, lower, host)).isEqualTo(chain(host, lower, upper));
        assertThat(inOrder(host, upper, lower)).isEqualTo(chain(host, lower, upper));
    }

    @Test
    void chainThatIsInOrderStaysAsTheAuthorityWantsIt() {
        assertThat(inOrder(host, lower, upper, root)).isEqualTo(chain(host, lower, upper, root));
        assertThat(inOrder(host)).isEqualTo(chain(host));
    }

    @Test
    void chainOfStrangersIsToldFromOneThatIsShort() {
        var stranger = Minted.root("Stranger").authority("Another");
        var now = Instant.now();
        assertThat(chain(host, stranger).isAmongStrangers(NAMES, now)).isTrue();
        assertThat(chain(stranger, host).isAmongStrangers(NAMES, now)).isTrue();
        assertThat(chain(host, upper).isAmongStrangers(NAMES, now)).isTrue();
        assertThat(chain(host, stranger, lower).isAmongStrangers(NAMES, now)).isFalse();
        assertThat(chain(host).isAmongStrangers(NAMES, now)).isFalse();
        assertThat(chain(root.host(NAMES.get(0)), root).isAmongStrangers(NAMES, now))
                .isFalse();
    }

    private static IssuedCertificate inOrder(Minted... sent) {
        return chain(sent).inOrder(NAMES, Instant.now());
    }

    private static IssuedCertificate chain(Minted... sent) {
        return IssuedCertificate.ofPem(
                String.join("", List.of(sent).stream().map(Minted::pem).toList()));
    }
}
