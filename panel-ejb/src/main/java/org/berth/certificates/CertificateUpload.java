package org.berth.certificates;

/**
 * A certificate of one's own.
 *
 * @param certificate PEM: the site's certificate and those between it and its authority, in any order
 * @param key PEM: its private key, not encrypted; empty if it stands among the certificates
 * @param confirmed whether it is wanted though browsers may warn visitors, or lock them out
 */
public record CertificateUpload(String certificate, String key, boolean confirmed) {

    public CertificateUpload {
        certificate = certificate == null ? "" : certificate;
        key = key == null ? "" : key;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "CertificateUpload";
    }
}
