using System.Net;
using DataExchange.Adapters.Records;

namespace DataExchange.Adapters.Rest.Answers;

/// <summary>What the service's status means. Only 200 is a record and only 404 an unknown subject; nothing else is read any further.</summary>
internal static class AnswerStatus
{
    public static bool HoldsRecord(HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.OK => true,
        HttpStatusCode.NotFound => false,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
            throw SourceException.Unavailable("The service does not accept the adapter's credentials (Adapter:Rest:Credentials)."),
        HttpStatusCode.RequestTimeout or HttpStatusCode.GatewayTimeout =>
            throw SourceException.Timeout($"The service answered {(int)response.StatusCode}."),
        HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError =>
            throw SourceException.Unavailable($"The service answered {(int)response.StatusCode}."),
        _ => throw SourceException.SchemaViolation($"The service answered {(int)response.StatusCode}, which is neither a record nor an unknown subject."),
    };
}
