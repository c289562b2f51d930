using System.Text.Encodings.Web;
using DataExchange.Gateway.Logs;
using DataExchange.TransparencyLog;

namespace DataExchange.Gateway.Discovery;

/// <summary>The front door: says what this is and where to go.</summary>
public static class IndexPage
{
    public static IResult Show(RegionLogs logs, HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return Results.Content(Page(HtmlEncoder.Default.Encode(logs.Access.Origin), logs.Access.ServedName(), logs.Governance.ServedName()), "text/html; charset=utf-8");
    }

    private static string Page(string origin, string access, string governance) =>
        $$"""
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>DataExchange</title>
        <style>body{font:1.1rem/1.6 system-ui,sans-serif;max-width:42rem;margin:4rem auto;padding:0 1rem}code{font-size:.95em}</style>
        <h1>DataExchange</h1>
        <p>Requests for government records, enforced field by field and recorded in the append-only log <code>{{origin}}</code> before anything is released.</p>
        <ul>
          <li><a href="/api">API</a></li>
          <li><a href="/v1/catalogue">Catalogue</a></li>
          <li><a href="/.well-known/data-exchange">Logs and keys</a></li>
          <li><a href="/log/{{access}}/checkpoint">Access log</a>, <a href="/log/{{governance}}/checkpoint">governance log</a></li>
          <li><a href="/health/ready">Health</a></li>
        </ul>
        </html>
        """;
}
