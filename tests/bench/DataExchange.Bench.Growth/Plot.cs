using System.Globalization;
using System.Text;

namespace DataExchange.Bench.Growth;

/// <summary>Curves over the size, each against its own value at the smallest size: what does not grow stays on the line 1.</summary>
internal static class Plot
{
    private const int Width = 720;
    private const int Height = 400;
    private const int Margin = 60;

    public static string Draw(IReadOnlyList<GrowthPoint> points)
    {
        (string Name, string Colour, Func<GrowthPoint, double> Value)[] curves =
        [
            ("CPU an append", "#c0392b", point => point.AppendCpu),
            ("inclusion proof p50", "#2471a3", point => point.Opened.ProofP50),
            ("start", "#1e8449", point => point.Opened.StartMs),
            ("working set", "#7d3c98", point => point.Opened.WorkingSetMb),
            ("disk ÷ payload", "#b9770e", point => point.DiskRatio),
        ];
        var top = Math.Max(2, curves.Max(curve => points.Max(point => curve.Value(point) / curve.Value(points[0]))));
        var svg = new StringBuilder();
        Add(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width + 180} {Height}\" font-family=\"sans-serif\" font-size=\"13\">");
        Add(svg, $"<rect width=\"100%\" height=\"100%\" fill=\"white\"/><text x=\"{Margin}\" y=\"24\">Growth of one log: each figure ÷ its own at {points[0].Size:N0} entries</text>");
        for (var tick = 0.0; tick <= top; tick += top > 4 ? 1 : 0.5)
        {
            Add(svg, $"<line x1=\"{Margin}\" x2=\"{Width}\" y1=\"{Y(tick, top):F1}\" y2=\"{Y(tick, top):F1}\" stroke=\"#ddd\"/><text x=\"{Margin - 34}\" y=\"{Y(tick, top) + 4:F1}\">{tick:F1}</text>");
        }

        foreach (var point in points)
        {
            Add(svg, $"<text x=\"{X(point, points):F1}\" y=\"{Height - 24}\" text-anchor=\"middle\">{point.Size:N0}</text>");
        }

        for (var i = 0; i < curves.Length; i++)
        {
            var (name, colour, value) = curves[i];
            var line = string.Join(' ', points.Select(point => string.Create(
                CultureInfo.InvariantCulture, $"{X(point, points):F1},{Y(value(point) / value(points[0]), top):F1}")));
            Add(svg, $"<polyline points=\"{line}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/><text x=\"{Width + 14}\" y=\"{80 + (22 * i)}\" fill=\"{colour}\">{name}</text>");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static double X(GrowthPoint point, IReadOnlyList<GrowthPoint> points)
    {
        var (low, high) = (Math.Log10(points[0].Size), Math.Log10(points[^1].Size));
        return Margin + 30 + ((Width - Margin - 60) * (high > low ? (Math.Log10(point.Size) - low) / (high - low) : 0));
    }

    private static double Y(double value, double top) => Height - Margin - ((Height - (2 * Margin)) * value / top);

    private static void Add(StringBuilder svg, FormattableString line) => svg.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
