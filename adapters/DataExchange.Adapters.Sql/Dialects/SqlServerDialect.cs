using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.Data.SqlClient;

namespace DataExchange.Adapters.Sql.Dialects;

/// <summary>Microsoft SQL Server. The driver can only prefer a read-only replica; the account has to be kept from writing.</summary>
internal sealed class SqlServerDialect : SqlDialect
{
    private const int TimeoutExpired = -2;

    public override string Name => "sqlserver";

    public override string Complete(string connectionString)
    {
        var builder = new SqlConnectionStringBuilder(connectionString) { Pooling = true, ApplicationIntent = ApplicationIntent.ReadOnly };
        builder.MaxPoolSize = builder.ShouldSerialize("Max Pool Size") ? builder.MaxPoolSize : PoolSize;
        return builder.ToString();
    }

    public override DbDataSource Open(string connectionString) => SqlClientFactory.Instance.CreateDataSource(Complete(connectionString));

    public override bool IsTimeout(DbException exception) => exception is SqlException { Number: TimeoutExpired };

    // An nvarchar beside a varchar key would turn the look-up into a scan; a fixed size keeps one plan for numbers of every length.
    public override DbParameter Subject(DbCommand command, string value) => new SqlParameter(
        SubjectParameter, Ascii.IsValid(value) ? SqlDbType.VarChar : SqlDbType.NVarChar, Math.Max(value.Length, 256)) { Value = value };

    protected override string Quote(string part) => $"[{part.Replace("]", "]]", StringComparison.Ordinal)}]";

    protected override string LimitBefore(int rows) => string.Create(CultureInfo.InvariantCulture, $"TOP ({rows}) ");

    protected override string LimitAfter(int rows) => "";
}
