using System.Diagnostics;
using OpenTelemetry;

namespace DataExchange.Gateway.Telemetry;

/// <summary>
/// Takes identity numbers out of spans: the convenience form of a query has one in its path, and nothing keeps a caller from
/// putting one where none belongs. A path is therefore kept only as the route that it matched.
/// </summary>
public sealed class SubjectRedaction : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (data.Kind != ActivityKind.Server)
        {
            return;
        }

        var route = data.GetTagItem("http.route") as string;
        data.SetTag("url.path", route ?? "(no route)");
        data.SetTag("url.query", null);
        data.SetTag("url.full", null);
        // Chosen by the caller, free text.
        data.SetTag("user_agent.original", null);
        data.SetTag("http.request.method_original", null);
        data.DisplayName = route is null ? data.DisplayName.Split(' ')[0] : data.DisplayName;
    }
}
