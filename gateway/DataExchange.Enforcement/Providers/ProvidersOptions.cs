namespace DataExchange.Enforcement.Providers;

/// <summary>Every configured provider by its member code. Section <c>Providers</c>.</summary>
public sealed class ProvidersOptions : Dictionary<string, ProviderOptions>
{
    public const string Section = "Providers";

    public ProvidersOptions()
        : base(StringComparer.Ordinal)
    {
    }
}
