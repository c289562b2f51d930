using System.Net.Sockets;
using System.Text;

namespace DataExchange.Gateway.Tests.Edge;

/// <summary>Sends bytes as they are: no client library would send what these tests send.</summary>
public static class RawRequest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Everything the gateway answers until it closes the connection, which it has to do within seconds.</summary>
    public static async Task<string> SendAsync(Uri gateway, string request, CancellationToken cancellationToken)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(gateway.Host, gateway.Port, cancellationToken);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), cancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(cancellationToken).WaitAsync(Patience, cancellationToken);
    }
}
