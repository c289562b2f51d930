namespace DataExchange.Gateway.Profile;

/// <summary>Where this gateway runs and what it runs with. Bound from the root of the configuration; checked by <see cref="ProfileValidator"/>.</summary>
public sealed class ProfileOptions
{
    /// <summary>Folder of the logs, the vault and the keys, relative to the content root. Default: <c>data</c>.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>Bytes of the data folder's volume that are kept free: with less, nothing is appended and so nothing released. Default 256 MiB, or a twentieth of the volume where that is less.</summary>
    public long MinFreeBytes { get; set; } = 256 << 20;

    /// <summary>The region's founding file, relative to the content root. Required unless the demo region writes one.</summary>
    public string? FoundingFile { get; set; }

    /// <summary>
    /// Folder that remembers the newest checkpoint each log has signed, outside the data folder and best on another disk: with it a data
    /// folder that was restored from an older backup does not start. Relative to the content root. Required outside Development.
    /// </summary>
    public string? HighWaterMarkFolder { get; set; }

    /// <summary>In the place of an address: the witness is not asked.</summary>
    public const string NoWitness = "none";

    /// <summary>
    /// Where witnesses are reached, by their names in the policy, where that is not the policy's own URL. <see cref="NoWitness"/> leaves
    /// one out, for instance while its members find out why it claims what the others do not; the quorum then has to come without it.
    /// </summary>
    public IDictionary<string, string> Witnesses { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public DemoRegionOptions DemoRegion { get; set; } = new();

    public DevelopmentAuthorityOptions DevelopmentAuthority { get; set; } = new();

    /// <summary>Who issues tokens. Filled from <see cref="DevelopmentAuthority"/> where that is enabled.</summary>
    public IdentityOptions Identity { get; set; } = new();
}

/// <summary>A synthetic region in this process: departments, people, agreements, back ends. Never in production.</summary>
public sealed class DemoRegionOptions
{
    public bool Enabled { get; set; }
}

/// <summary>An identity provider in this process, with well-known passwords. Never in production.</summary>
public sealed class DevelopmentAuthorityOptions
{
    public bool Enabled { get; set; }

    /// <summary>
    /// What its tokens say under <c>iss</c>, whatever port is listened on. The path ends in <c>/v2.0</c>, because that is what
    /// Microsoft.Identity.Web appends to every authority.
    /// </summary>
    public string Issuer { get; set; } = "http://127.0.0.1:5080/dev/v2.0";
}

/// <summary>The tokens that are believed. The authority is <c>{Instance}/{TenantId}/v2.0</c>, as Microsoft Entra ID has it.</summary>
public sealed class IdentityOptions
{
    /// <summary>For instance <c>https://login.microsoftonline.com/</c>.</summary>
    public string? Instance { get; set; }

    public string? TenantId { get; set; }

    /// <summary>The gateway's own application id.</summary>
    public string? ClientId { get; set; }

    /// <summary>What <c>aud</c> has to say. Default: <see cref="ClientId"/>.</summary>
    public string? Audience { get; set; }

    /// <summary>
    /// Values of the <c>typ</c> header that are taken. The default, <c>at+jwt</c> (RFC 9068), keeps ID tokens out. Entra ID writes
    /// <c>JWT</c> on access tokens too; with it, only the audience tells the two apart.
    /// </summary>
    public IList<string> TokenTypes { get; } = [];
}
