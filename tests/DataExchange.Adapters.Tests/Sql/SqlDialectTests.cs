using DataExchange.Adapters.Fields;
using DataExchange.Adapters.Sql;
using DataExchange.Adapters.Sql.Dialects;
using Microsoft.Data.SqlClient;

namespace DataExchange.Adapters.Tests.Sql;

/// <summary>The statements as text. For SQL Server, which cannot run in the tests, they are all that is checked.</summary>
public class SqlDialectTests
{
    private static readonly SqlDataset People = new(
        new DatasetMap("a/people", [1], "cn-resident-id", [new FieldMap("name", "full name", FieldType.Text), new FieldMap("address", "地址", FieldType.Text)]),
        SqlName.Parse("dbo.select", 3),
        SqlName.Parse("number", 1));

    [Theory]
    [InlineData("sqlite", "SELECT \"number\", \"地址\" FROM \"dbo\".\"select\" WHERE \"number\" = @subject LIMIT 2")]
    [InlineData("postgresql", "SELECT \"number\", \"地址\" FROM \"dbo\".\"select\" WHERE \"number\" = @subject LIMIT 2")]
    [InlineData("mysql", "SELECT `number`, `地址` FROM `dbo`.`select` WHERE `number` = @subject LIMIT 2")]
    [InlineData("sqlserver", "SELECT TOP (2) [number], [地址] FROM [dbo].[select] WHERE [number] = @subject")]
    public void A_question_reads_the_key_and_the_columns_asked_for_and_two_rows_at_most(string dialect, string statement) =>
        Assert.Equal(statement, Named(dialect).Select(People, [SqlName.Parse("地址", 1)]));

    [Theory]
    [InlineData("sqlite", "SELECT \"number\", \"full name\", \"地址\" FROM \"dbo\".\"select\" WHERE 1 = 0 LIMIT 1")]
    [InlineData("sqlserver", "SELECT TOP (1) [number], [full name], [地址] FROM [dbo].[select] WHERE 1 = 0")]
    public void Readiness_names_every_mapped_column_and_reads_no_row(string dialect, string statement) =>
        Assert.Equal(statement, Named(dialect).Probe(People));

    [Theory]
    [InlineData("")]
    [InlineData("a.b.c.d")]
    [InlineData("a..b")]
    [InlineData("a\"b")]
    [InlineData("a`b")]
    [InlineData("a]b")]
    [InlineData("a'b")]
    [InlineData("a;b")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("一二三四五六七八九十一二三四五六七八九十一二")]
    public void A_name_that_cannot_be_quoted_everywhere_is_no_name(string name) => Assert.False(SqlName.TryParse(name, 3, out _));

    [Fact]
    public void Sql_server_is_asked_by_the_type_of_the_number_so_that_an_index_serves()
    {
        using var command = new SqlCommand();
        var ascii = (SqlParameter)SqlDialect.SqlServer.Subject(command, "11010519491231002X");
        var wide = (SqlParameter)SqlDialect.SqlServer.Subject(command, "張三");
        Assert.Equal((System.Data.SqlDbType.VarChar, 256, "11010519491231002X"), (ascii.SqlDbType, ascii.Size, ascii.Value));
        Assert.Equal((System.Data.SqlDbType.NVarChar, 256, "張三"), (wide.SqlDbType, wide.Size, wide.Value));
    }

    [Fact]
    public void Every_connection_is_told_to_read_only_where_the_driver_can_say_so()
    {
        Assert.Contains("Mode=ReadOnly", SqlDialect.Sqlite.Complete("Data Source=a.db;Mode=ReadWriteCreate"), StringComparison.Ordinal);
        Assert.Contains("default_transaction_read_only=on", SqlDialect.PostgreSql.Complete("Host=h;Options=-c geqo=off"), StringComparison.Ordinal);
        Assert.Contains("ReadOnly", SqlDialect.SqlServer.Complete("Server=s"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgresql", "Host=h", "Maximum Pool Size=32")]
    [InlineData("postgresql", "Host=h;MaxPoolSize=100", "Maximum Pool Size=100")]
    [InlineData("mysql", "Server=h", "Maximum Pool Size=32")]
    [InlineData("mysql", "Server=h;MaxPoolSize=100", "Maximum Pool Size=100")]
    [InlineData("sqlserver", "Server=h", "Max Pool Size=32")]
    [InlineData("sqlserver", "Server=h;Max Pool Size=64", "Max Pool Size=64")]
    public void A_pool_leaves_connections_to_others_unless_it_is_told_its_size(string dialect, string configured, string complete) =>
        Assert.Contains(complete, Named(dialect).Complete(configured), StringComparison.OrdinalIgnoreCase);

    private static SqlDialect Named(string name) => SqlDialect.All.Single(dialect => dialect.Name == name);
}
