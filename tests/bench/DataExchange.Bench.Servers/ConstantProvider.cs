using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DataExchange.Bench.Servers;

/// <summary>
/// A provider that costs as little as a provider can: it reads the question, copies the subject's number into a fixed answer and
/// sends that. It does not check the intent, since bare proxies before it send none; so what is measured is the proxies.
/// </summary>
internal static class ConstantProvider
{
    private static readonly byte[] Before = Encoding.UTF8.GetBytes(
        """{"dataset":"public-security/residence","revision":1,"subject":{"scheme":"cn-resident-id","value":""" + '"');

    private static readonly byte[] After = Encoding.UTF8.GetBytes(
        '"' + """},"record":{"name":"张伟","address":"示范市中心区团结路18号3单元502室"}}""");

    public static async Task<int> RunAsync(string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        await using var app = builder.Build();
        app.Run(AnswerAsync);
        await app.RunAsync();
        return 0;
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        while (true)
        {
            var read = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
            if (!read.IsCompleted)
            {
                context.Request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            WriteAnswer(context.Response, Number(read.Buffer));
            context.Request.BodyReader.AdvanceTo(read.Buffer.End);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
            return;
        }
    }

    private static void WriteAnswer(HttpResponse response, ReadOnlySpan<byte> number)
    {
        response.ContentType = "application/json";
        response.ContentLength = Before.Length + number.Length + After.Length;
        response.BodyWriter.Write(Before);
        response.BodyWriter.Write(number);
        response.BodyWriter.Write(After);
    }

    /// <summary>The first JSON string after <c>"value":</c>, which in every question is the subject's number.</summary>
    private static ReadOnlySpan<byte> Number(ReadOnlySequence<byte> body)
    {
        ReadOnlySpan<byte> bytes = body.IsSingleSegment ? body.FirstSpan : body.ToArray();
        var name = bytes.IndexOf("\"value\":\""u8);
        if (name < 0)
        {
            return default;
        }

        var value = bytes[(name + 9)..];
        var end = value.IndexOf((byte)'"');
        return end < 0 ? default : value[..end];
    }
}
