using DataExchange.Adapters.Configuration;
using DataExchange.Adapters.Fields;
using DataExchange.Adapters.Rest.Answers;
using DataExchange.Adapters.Rest.Requests;

namespace DataExchange.Adapters.Rest;

/// <summary>What the adapter of an existing JSON service is told: where the service is, and one request for each dataset.</summary>
public sealed record RestSettings
{
    /// <summary>Where the service is, without a query. <c>Adapter:Rest:BaseAddress</c>.</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>How the adapter shows the service who it is. <c>Adapter:Rest:Credentials</c>.</summary>
    public RestCredentials Credentials { get; init; } = RestCredentials.None;

    /// <summary>How long one call may take; 5 seconds unless told. <c>Adapter:Rest:Timeout</c>.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Largest answer in bytes; 1 MiB unless told. <c>Adapter:Rest:MaxResponseBytes</c>.</summary>
    public int MaxResponseBytes { get; init; } = 1 << 20;

    /// <summary>What readiness asks for with GET, expecting 2xx; without it, readiness only connects. <c>Adapter:Rest:HealthPath</c>.</summary>
    public string? HealthPath { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<RestDataset> Datasets { get; init; }

    /// <summary>Reads the section <c>Adapter</c>.</summary>
    public static RestSettings Read(SettingsReader adapter)
    {
        var rest = adapter.Section("Rest");
        return new RestSettings
        {
            BaseAddress = Address(rest),
            Credentials = RestCredentials.Read(rest.Section("Credentials")),
            Timeout = rest.Duration("Timeout", TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(5)),
            MaxResponseBytes = rest.Integer("MaxResponseBytes", 1 << 20, 1024, 16 << 20),
            HealthPath = HealthPathOf(rest),
            Datasets = DatasetSettings.Read(adapter, static from => JsonPointer.TryParse(from, out _) ? null : JsonPointer.Form, Dataset),
        };
    }

    private static RestDataset Dataset(SettingsReader section, DatasetMap map)
    {
        const string SubjectWayOut = "Set it to the JSON pointer at which the service's answer repeats the subject's number, for instance /idNumber.";
        var subject = section.Required("Subject", SubjectWayOut);
        if (!JsonPointer.TryParse(subject, out var pointer) && subject.Length > 0)
        {
            section.Errors.Invalid(section.KeyOf("Subject"), subject, JsonPointer.Form);
        }

        return new RestDataset(map, RequestTemplate.Read(section.Section("Request")), pointer ?? JsonPointer.Root);
    }

    private static Uri Address(SettingsReader rest)
    {
        const string WayOut = "Set it to the service's address: http:// or https://, without user, query or fragment.";
        var text = rest.Required("BaseAddress", WayOut);
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            && address.UserInfo.Length == 0 && address.Query.Length == 0 && address.Fragment.Length == 0)
        {
            return address;
        }

        if (text.Length > 0)
        {
            rest.Errors.Invalid(rest.KeyOf("BaseAddress"), text, WayOut);
        }

        return new Uri("http://unread.invalid");
    }

    private static string? HealthPathOf(SettingsReader rest)
    {
        var path = rest.Optional("HealthPath");
        if (path is not null && !path.StartsWith('/'))
        {
            rest.Errors.Invalid(rest.KeyOf("HealthPath"), path, "Begin it with /; it is relative to Adapter:Rest:BaseAddress.");
        }

        return path;
    }
}
