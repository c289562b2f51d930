using System.Text;
using System.Text.Json;
using DataExchange.Gateway.Tests.Consents;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Telemetry;

/// <summary>
/// Runs a gateway with every signal exported and every log level turned up, sends it every kind of request about several people,
/// and looks for those people in all that came out: traces, metrics and logs over OTLP, and both output streams.
/// </summary>
public sealed class NoPersonalDataTests
{
    private const string Residence = "public-security/residence";
    private const string Purpose = "rental-housing-application";

    [Fact]
    public async Task No_signal_names_anybody()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var gateway = await GatewayProcess.StartAsync(Loud(collector));
        var people = DemoPeople.Of(gateway).Take(3).ToArray();
        var names = new HashSet<string>();
        foreach (var person in people)
        {
            await SendEveryKindAsync(gateway.Client, person, names);
        }

        Assert.Equal(0, await gateway.StopAsync());

        AssertSignalsCame(collector, gateway);
        foreach (var secret in people.Select(person => person.Number).Concat(names))
        {
            AssertNowhere(secret, collector, gateway);
        }
    }

    private static Dictionary<string, string> Loud(OtlpCollector collector) => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address.ToString(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
        ["Logging__LogLevel__Default"] = "Debug",
        ["Logging__LogLevel__Microsoft"] = "Debug",
        ["Logging__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics"] = "Trace",
        ["Logging__LogLevel__Yarp"] = "Debug",
        ["Logging__LogLevel__Polly"] = "Debug",
        ["Logging__LogLevel__OpenIddict"] = "Warning",
        ["Logging__Console__FormatterName"] = "json",
        ["Logging__Console__FormatterOptions__IncludeScopes"] = "true",
    };

    // Names and addresses come out of the answers: what the gateway released must be in no signal either.
    private static async Task SendEveryKindAsync(HttpClient client, DemoPerson person, HashSet<string> names)
    {
        var housing = await Api.OfClientAsync(client, "housing-authority");
        var citizen = await Api.OfUserAsync(client, person.User);
        Collect((await housing.QueryAsync(Residence, person.Number, Purpose, "name", "address")).Released.Record, names);

        using var get = await housing.SendAsync(HttpMethod.Get, $"/v1/records/{Residence}/{person.Number}?purpose={Purpose}&fields=name,address");
        Assert.True(get.IsSuccessStatusCode);
        var line = $$"""{"subject":{"scheme":"cn-resident-id","value":"{{person.Number}}"},"purpose":"{{Purpose}}","fields":["name"]}""";
        using var batch = await housing.SendAsync(HttpMethod.Post, $"/v1/records/{Residence}/batch", new StringContent(line + "\n" + line, Encoding.UTF8, "application/x-ndjson"));
        Assert.True(batch.IsSuccessStatusCode);

        Assert.Equal("consent-required", (await housing.QueryAsync("human-resources/social-insurance", person.Number, Purpose, "status")).Problem?.Code);
        var consent = (await housing.RequestConsentAsync(ConsentTests.RequestFor(person))).Released;
        await citizen.ConsentsAsync();
        Assert.Null((await citizen.DecideConsentAsync(consent.Id, "give")).Problem);
        Assert.Null((await housing.QueryAsync("human-resources/social-insurance", person.Number, Purpose, "status")).Problem);
        Assert.Null((await citizen.DecideConsentAsync(consent.Id, "withdraw")).Problem);

        foreach (var (method, path, body) in Misplaced(person.Number))
        {
            using var response = await housing.SendAsync(method, path, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"));
            Assert.InRange((int)response.StatusCode, 400, 499);
        }
    }

    /// <summary>A number where no number belongs: in paths without a route, in member names, in codes, in broken JSON.</summary>
    private static IEnumerable<(HttpMethod Method, string Path, string? Body)> Misplaced(string number)
    {
        const string Query = $"/v1/records/{Residence}/query";
        yield return (HttpMethod.Get, "/" + number, null);
        yield return (HttpMethod.Get, $"/v1/records/{number}/{number}/{number}?purpose={number}", null);
        yield return (HttpMethod.Get, $"/v1/records/{Residence}/{number}?purpose={number}&fields={number}", null);
        yield return (HttpMethod.Get, $"/v1/records/{Residence}/{number}", null);
        yield return (HttpMethod.Delete, $"/v1/records/{Residence}/{number}", null);
        yield return (HttpMethod.Get, "/v1/consents/" + number, null);
        yield return (HttpMethod.Get, "/v1/decisions/" + number, null);
        yield return (HttpMethod.Get, "/v1/receipts/access/" + number, null);
        yield return (HttpMethod.Get, "/log/" + number + "/checkpoint", null);
        yield return (HttpMethod.Get, $"/v1/catalogue/datasets/{number}/{number}", null);
        yield return (HttpMethod.Post, Query, "{\"" + number + "\":1}");
        yield return (HttpMethod.Post, Query, "{\"subject\":\"" + number + "\"}");
        yield return (HttpMethod.Post, Query, number);
        yield return (HttpMethod.Post, Query, $$$"""{"subject":{"scheme":"{{{number}}}","value":"{{{number}}}"},"purpose":"{{{number}}}","fields":["{{{number}}}"]}""");
        yield return (HttpMethod.Post, "/v1/consents", "{\"" + number + "\":1}");
        yield return (HttpMethod.Post, "/access/v1/evaluation", $$$"""{"subject":{"type":"client","id":"{{{number}}}"},"action":{"name":"{{{number}}}"},"resource":{"type":"dataset","id":"{{{number}}}"}}""");
        yield return (HttpMethod.Post, $"/v1/consents/{number}/give", "{\"evidenceHash\":\"" + number + "\"}");
    }

    private static void Collect(JsonElement record, HashSet<string> names)
    {
        foreach (var value in record.EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.String).Select(field => field.Value.GetString()!))
        {
            Assert.True(value.Length >= 2, "Too short to be looked for.");
            names.Add(value);
        }
    }

    private static void AssertSignalsCame(OtlpCollector collector, GatewayProcess gateway)
    {
        Assert.Equal(["logs", "metrics", "traces"], collector.Received.Select(received => received.Signal).Distinct().Order());
        var traces = collector.Received.Where(received => received.Signal == "traces").Select(received => Encoding.UTF8.GetString(received.Body)).ToArray();
        Assert.Contains(traces, trace => trace.Contains("/v1/consents/{id}/give", StringComparison.Ordinal));
        var metrics = collector.Received.Where(received => received.Signal == "metrics").Select(received => Encoding.UTF8.GetString(received.Body)).ToArray();
        foreach (var name in new[] { "data_exchange.decisions", "data_exchange.provider.duration", "data_exchange.log.batch.size", "http.server.request.duration", "kestrel.active_connections", "dotnet.gc" })
        {
            Assert.Contains(metrics, metric => metric.Contains(name, StringComparison.Ordinal));
        }

        Assert.Contains(gateway.Output, line => line.Contains("Now listening on", StringComparison.Ordinal));
    }

    private static void AssertNowhere(string secret, OtlpCollector collector, GatewayProcess gateway)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        Assert.DoesNotContain(collector.Received, received => received.Body.AsSpan().IndexOf(bytes) >= 0);
        // The JSON formatter escapes what is not ASCII.
        var escaped = JsonSerializer.Serialize(secret).Trim('"');
        Assert.DoesNotContain(gateway.Output, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase) || line.Contains(escaped, StringComparison.OrdinalIgnoreCase));
    }
}
