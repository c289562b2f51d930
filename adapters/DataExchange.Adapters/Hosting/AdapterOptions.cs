using DataExchange.Adapters.Configuration;
using DataExchange.Merkle;

namespace DataExchange.Adapters.Hosting;

/// <summary>What every adapter has to know whatever its back end is.</summary>
public sealed record AdapterOptions
{
    /// <summary>The key of the gateway's access log. Configured as <c>Adapter:Log:VerifierKey</c>; there is no way to do without.</summary>
    public required NoteVerifier Log { get; init; }

    /// <summary>Largest request body in bytes; 256 KiB unless told. Configured as <c>Adapter:Limits:MaxRequestBytes</c>.</summary>
    public int MaxRequestBytes { get; init; } = 256 * 1024;

    /// <summary>
    /// How long a source may take for one question; 10 seconds unless told. Configured as <c>Adapter:Limits:AnswerTimeout</c>. Keep it
    /// below the gateway's own time-out for this provider, so that the gateway hears why.
    /// </summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Reads the section <c>Adapter</c>.</summary>
    public static AdapterOptions Read(SettingsReader adapter)
    {
        var (log, limits) = (adapter.Section("Log"), adapter.Section("Limits"));
        const string WayOut = "Copy the verifier key of the gateway's access log: it is served at {gateway}/log/access/vkey. Get it by a way you trust.";
        var vkey = log.Required("VerifierKey", WayOut);
        if (!NoteVerifier.TryParse(vkey, out var verifier) && vkey.Length > 0)
        {
            log.Errors.Invalid(log.KeyOf("VerifierKey"), vkey, WayOut);
        }

        return new AdapterOptions
        {
            // Null only beside an error, which stands in the way of any use.
            Log = verifier!,
            MaxRequestBytes = limits.Integer("MaxRequestBytes", 256 * 1024, 4 * 1024, 16 * 1024 * 1024),
            AnswerTimeout = limits.Duration("AnswerTimeout", TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(5)),
        };
    }
}
