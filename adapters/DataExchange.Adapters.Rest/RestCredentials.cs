using System.Net.Http.Headers;
using System.Text;
using DataExchange.Adapters.Configuration;

namespace DataExchange.Adapters.Rest;

/// <summary>The adapter's own credentials at the service: a header that goes with every call. Read once, at the start; it prints as nothing.</summary>
public sealed class RestCredentials
{
    /// <summary>The service asks for none.</summary>
    public static readonly RestCredentials None = new(null, new Secret(""));

    private readonly string? _header;
    private readonly Secret _value;

    private RestCredentials(string? header, Secret value)
    {
        _header = header;
        _value = value;
    }

    /// <summary>RFC 6750.</summary>
    public static RestCredentials Bearer(Secret token) => new("Authorization", new Secret("Bearer " + token.Reveal()));

    /// <summary>RFC 7617, in UTF-8.</summary>
    public static RestCredentials Basic(string user, Secret password) =>
        new("Authorization", new Secret("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password.Reveal()}"))));

    /// <summary>A key in a header of the service's choice.</summary>
    public static RestCredentials ApiKey(string header, Secret key) => new(header, key);

    /// <summary>Reads <c>Adapter:Rest:Credentials</c>.</summary>
    public static RestCredentials Read(SettingsReader section)
    {
        var kind = section.OneOf("Type", 'n', ("none", 'n'), ("bearer", 't'), ("basic", 'b'), ("api-key", 'k'));
        return kind switch
        {
            't' => Bearer(Text(section, Secret.Read(section, "Secret"))),
            'b' => Basic(User(section), Secret.Read(section, "Secret")),
            'k' => ApiKey(Header(section), Text(section, Secret.Read(section, "Secret"))),
            _ => None,
        };
    }

    /// <summary>Puts the header on a call.</summary>
    public void ApplyTo(HttpRequestHeaders headers)
    {
        if (_header is not null)
        {
            headers.TryAddWithoutValidation(_header, _value.Reveal());
        }
    }

    /// <summary>Nothing of them.</summary>
    public override string ToString() => "(credentials)";

    private static string User(SettingsReader section)
    {
        var user = section.Required("User", "Set it to the adapter's user name at the service.");
        if (user.Contains(':', StringComparison.Ordinal))
        {
            section.Errors.Invalid(section.KeyOf("User"), user, "A user name of basic authentication holds no colon.");
        }

        return user;
    }

    private static string Header(SettingsReader section)
    {
        var header = section.Required("Header", "Set it to the header that the service expects its key in, for instance X-Api-Key.");
        if (header.Length > 0 && !HeaderForm.IsName(header))
        {
            section.Errors.Invalid(section.KeyOf("Header"), header, HeaderForm.NameWayOut);
        }

        return header;
    }

    private static Secret Text(SettingsReader section, Secret secret)
    {
        if (!HeaderForm.IsValue(secret.Reveal()))
        {
            section.Errors.Invalid(section.KeyOf("Secret"), "(not shown)", "It goes into a header: visible ASCII characters on one line, with blanks only between them.");
        }

        return secret;
    }
}
