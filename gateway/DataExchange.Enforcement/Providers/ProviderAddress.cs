using System.Diagnostics.CodeAnalysis;

namespace DataExchange.Enforcement.Providers;

/// <summary>What may stand for an adapter's address: scheme, host and port, nothing else. The path of the question is ours to say.</summary>
internal static class ProviderAddress
{
    public static bool TryParse(string text, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address) && IsBase(address);

    public static bool IsBase(Uri address) =>
        address.IsAbsoluteUri
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && address is { PathAndQuery: "/", Fragment: "", UserInfo: "" };
}
