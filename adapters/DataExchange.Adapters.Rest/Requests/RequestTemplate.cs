using System.Net.Http.Headers;
using System.Text.Json;
using DataExchange.Adapters.Configuration;

namespace DataExchange.Adapters.Rest.Requests;

/// <summary>
/// The call that asks the service for one subject. <c>{subject}</c> stands where the number goes: in the path, in a header, or in a text of
/// a JSON body, each escaped as its place asks, so that no number can become more than a number.
/// </summary>
public sealed class RequestTemplate
{
    /// <summary>Stands for the subject's number.</summary>
    public const string Placeholder = "{subject}";

    private readonly HttpMethod _method;
    private readonly PathTemplate _path;
    private readonly IReadOnlyDictionary<string, string> _headers;
    private readonly BodyTemplate? _body;

    private RequestTemplate(HttpMethod method, PathTemplate path, IReadOnlyDictionary<string, string> headers, BodyTemplate? body)
    {
        (_method, _path, _headers, _body) = (method, path, headers, body);
    }

    /// <summary>Reads a dataset's <c>Request</c>: <c>Method</c>, <c>Path</c>, <c>Headers</c>, <c>Body</c>.</summary>
    public static RequestTemplate Read(SettingsReader section)
    {
        var post = section.OneOf("Method", null, ("GET", false), ("POST", true));
        var path = section.Required("Path", $"Set it to the path of the call, relative to Adapter:Rest:BaseAddress; {Placeholder} stands for the number.");
        if (path.Length > 0 && !PathTemplate.IsOne(path))
        {
            section.Errors.Invalid(section.KeyOf("Path"), path, PathTemplate.Form);
        }

        var headers = Headers(section.Section("Headers"));
        var body = Body(section, post);
        var places = headers.Values.Append(path).Append(section.Optional("Body") ?? "").Count(text => text.Contains(Placeholder, StringComparison.Ordinal));
        if (path.Length > 0 && places != 1)
        {
            section.Errors.Invalid(section.KeyOf("Path"), path, $"Put {Placeholder} in exactly one of the path, a header and the body: it stands in {places}.");
        }

        return new RequestTemplate(post ? HttpMethod.Post : HttpMethod.Get, new PathTemplate(path), headers, body);
    }

    /// <summary>The call for one subject, or null when the number cannot stand where the template puts it: the service knows nobody by it.</summary>
    public HttpRequestMessage? For(Uri baseAddress, string subject)
    {
        if (!_path.TryFill(baseAddress, subject, out var address)
            || (!HeaderForm.IsValue(subject) && _headers.Values.Any(value => value.Contains(Placeholder, StringComparison.Ordinal))))
        {
            return null;
        }

        var request = new HttpRequestMessage(_method, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        foreach (var (name, value) in _headers)
        {
            request.Headers.TryAddWithoutValidation(name, value.Replace(Placeholder, subject, StringComparison.Ordinal));
        }

        if (_body is not null)
        {
            request.Content = new ByteArrayContent(_body.Fill(subject)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        return request;
    }

    private static Dictionary<string, string> Headers(SettingsReader section)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in section.Values())
        {
            if (!HeaderForm.IsName(name) || !HeaderForm.IsValue(value))
            {
                section.Errors.Invalid(section.KeyOf(name), value, HeaderForm.NameWayOut + " Its value is visible ASCII on one line.");
            }

            headers[name] = value;
        }

        return headers;
    }

    private static BodyTemplate? Body(SettingsReader section, bool post)
    {
        var text = section.Optional("Body");
        if (text is null)
        {
            return null;
        }

        try
        {
            if (post)
            {
                return new BodyTemplate(text);
            }

            section.Errors.Invalid(section.KeyOf("Body"), text, "Only POST has a body: remove it, or set Method to POST.");
        }
        catch (JsonException)
        {
            section.Errors.Invalid(section.KeyOf("Body"), text, $"Write it as JSON, with {Placeholder} in a text.");
        }

        return null;
    }
}
