using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DataExchange.Gateway.Identity;

/// <summary>RFC 8705 §3.1: <c>x5t#S256</c>, the base64url SHA-256 of the certificate's DER form.</summary>
public static class CertificateThumbprint
{
    public const string Confirmation = "x5t#S256";

    public static string Of(X509Certificate2 certificate) => Base64Url.EncodeToString(certificate.GetCertHash(HashAlgorithmName.SHA256));
}
