package org.berth.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateNamesTest {

    @Test
    void nameThatAStarStandsForIsNotOrderedBesideIt() {
        assertThat(CertificateNames.ordered(
                        List.of("shop.example", "www.shop.example", "a.b.shop.example"), List.of("*.shop.example")))
                .containsExactly("*.shop.example", "a.b.shop.example", "shop.example");
    }
}
