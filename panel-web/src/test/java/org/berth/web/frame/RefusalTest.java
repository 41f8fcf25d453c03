package org.berth.web.frame;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import org.berth.platform.NotFound;
import org.berth.platform.Problem;
import org.junit.jupiter.api.Test;

class RefusalTest {

    @Test
    void refusalIsFoundBelowWhatWrapsIt() {
        var refusal = new NotFound(Problem.of("site-unknown", 9));
        assertThat(Refusal.of(new ServletException(new IllegalStateException(refusal))))
                .contains(refusal);
    }

    @Test
    void bugIsNoRefusal() {
        assertThat(Refusal.of(new ServletException(new IllegalStateException())))
                .isEmpty();
    }
}
