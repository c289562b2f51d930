using System.Net;
using DataExchange.Enforcement.Buffers;

namespace DataExchange.Enforcement.Providers;

/// <summary>A provider's answer, read to its last byte. The body is kept only for the statuses that mean something: 200 and 404.</summary>
internal sealed class ProviderReply(HttpStatusCode status, PooledBuffer? body) : IDisposable
{
    public HttpStatusCode Status => status;

    public ReadOnlyMemory<byte> Body => body?.Memory ?? default;

    public void Dispose() => body?.Dispose();
}
