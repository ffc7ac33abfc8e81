package dev.gatewatch.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that a spreadsheet opens as they are meant: texts as texts, numbers as numbers. */
class CsvTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1",
                "-1",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                "\uFF1D1",
                "\uFF0B1",
                "\uFF0D1",
                "\uFF201"
            })
    void aTextThatASpreadsheetWouldCalculateBeginsWithAnApostrophe(String text) {
        String line = new Csv("text").row(text).toString().substring("text\r\n".length());

        assertThat(line.replace("\"", "")).isEqualTo("'" + text + "\r\n");
    }

    @Test
    void aNumberIsLeftAsItIs() {
        assertThat(new Csv("number").row(-5.25)).hasToString("number\r\n-5.25\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,=1", "a;=1", "a\t=1", "a\n=1", "a\r=1"})
    void aTextThatASpreadsheetMightDivideIsQuoted(String text) {
        assertThat(new Csv("text").row(text)).hasToString("text\r\n\"" + text + "\"\r\n");
    }

    @Test
    void whatIsAbsentIsAnEmptyField() {
        assertThat(new Csv("a", "b").row(null, "it's \"so\"")).hasToString("a,b\r\n,\"it's \"\"so\"\"\"\r\n");
    }
}
