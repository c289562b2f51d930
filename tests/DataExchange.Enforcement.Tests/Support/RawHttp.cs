using System.Net.Sockets;
using System.Text;

namespace DataExchange.Enforcement.Tests.Support;

/// <summary>Speaks HTTP/1.1 by hand, for requests that no well-behaved client sends.</summary>
internal static class RawHttp
{
    /// <summary>Sends the request head and body as they are, and reads until the other side closes.</summary>
    public static async Task<string> SendAsync(TestGateway gateway, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", gateway.Client.BaseAddress!.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    public static string Post(string target, string body, params string[] headers) => string.Join("\r\n",
    [
        $"POST {target} HTTP/1.1", "Host: gateway", "Connection: close", $"Authorization: {TestGateway.Token(TestRegion.HousingClient)}",
        "Content-Type: application/json", $"Content-Length: {body.Length}", .. headers, "", body,
    ]);
}
