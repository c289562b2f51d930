using Yarp.ReverseProxy.Configuration;

namespace DataExchange.Enforcement.Catalogue;

/// <summary>What a proxy route says of itself in its metadata: which dataset it leads to, and in which form. Without both, nothing is proxied.</summary>
internal sealed record RecordRoute(string Dataset, RecordForm Form)
{
    public const string Prefix = "/v1/records/";
    public const string QuerySegment = "query";
    public const string BatchSegment = "batch";
    public const string SubjectParameter = "subject";
    public const string DatasetKey = "DataExchange.Dataset";
    public const string FormKey = "DataExchange.Form";

    public static RecordRoute? Of(RouteConfig route) =>
        route.Metadata is { } metadata
        && metadata.TryGetValue(DatasetKey, out var dataset) && IsCode(dataset)
        && metadata.TryGetValue(FormKey, out var name) && Enum.TryParse<RecordForm>(name, out var form) && form != RecordForm.None
            ? new RecordRoute(dataset, form)
            : null;

    /// <summary>Id of the route to a dataset in a form.</summary>
    public static string IdOf(string dataset, RecordForm form) => $"{dataset}/{form}";

    public RouteConfig ToConfig(string cluster) => new()
    {
        RouteId = IdOf(Dataset, Form),
        ClusterId = cluster,
        Match = new RouteMatch
        {
            Path = Prefix + Dataset + "/" + Form switch
            {
                RecordForm.Query => QuerySegment,
                RecordForm.Batch => BatchSegment,
                _ => "{" + SubjectParameter + "}",
            },
            Methods = [Form == RecordForm.Get ? "GET" : "POST"],
        },
        Metadata = new Dictionary<string, string> { [DatasetKey] = Dataset, [FormKey] = Form.ToString() },
    };

    /// <summary>Exactly <c>{member}/{name}</c>.</summary>
    private static bool IsCode(string dataset)
    {
        var slash = dataset.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < dataset.Length - 1 && dataset.IndexOf('/', slash + 1) < 0;
    }
}
