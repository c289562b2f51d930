using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Catalogue;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Enforcement.Requests;

/// <summary>Reads the convenience form: <c>GET …/{subject}?purpose=&amp;fields=a,b&amp;case=&amp;mandate=</c>. The subject is of the dataset's own scheme.</summary>
internal static class QueryUrl
{
    public static RequestReading Read(HttpRequest request, string subjectScheme)
    {
        string? purpose = null, fields = null, openCase = null, mandate = null;
        foreach (var (name, values) in request.Query)
        {
            if (values.Count != 1 || string.IsNullOrEmpty(values[0]))
            {
                return Malformed("A parameter is empty or stands twice.");
            }

            switch (name)
            {
                case "purpose":
                    purpose = values[0];
                    break;
                case "fields":
                    fields = values[0];
                    break;
                case "case":
                    openCase = values[0];
                    break;
                case "mandate":
                    mandate = values[0];
                    break;
                default:
                    return Malformed("The parameters are purpose, fields, case and mandate.");
            }
        }

        if (fields is null)
        {
            return RequestReading.Refused(ProblemSlugs.FieldsRequired, "Name the fields: fields=name,address.");
        }

        return QueryRules.Check(new RecordQuery
        {
            Subject = new SubjectRef(subjectScheme, request.RouteValues[RecordRoute.SubjectParameter] as string ?? ""),
            Purpose = purpose ?? "",
            Fields = fields.Split(','),
            Case = openCase,
            Mandate = mandate,
        });
    }

    private static RequestReading Malformed(string detail) => RequestReading.Refused(ProblemSlugs.RequestMalformed, detail);
}
